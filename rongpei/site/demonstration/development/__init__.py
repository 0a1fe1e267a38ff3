"""Cases of member development in the making: acts decided in memory, judged by the engine, stored at once.

Every act follows from the statuses that `demonstration.membership` decided, so that case, facts and roll agree.
"""
