"""The portal of the demonstration: three columns, sixty articles, what readers said. All of it invented, all of it ours."""
