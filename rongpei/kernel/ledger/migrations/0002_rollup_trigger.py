from django.db import migrations

from rongpei.kernel.ledger.rollups import INSTALL, REMOVE


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_entries_and_rollups")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
