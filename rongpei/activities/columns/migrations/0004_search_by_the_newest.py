from django.db import migrations, models

# What the search orders and filters by stands beside the words, so that the planner may walk back from the newest
# article where a word is common, and ask the words' index where it is rare. Planned at each call, for that word.
FILL = """
UPDATE columns_articletext t SET is_public = a.is_public, gated = a.gated,
  printed_at = CASE WHEN a.state = 'published' THEN a.published_at END
FROM columns_article a WHERE a.id = t.article_id;
"""
INSTALL = """
CREATE INDEX columns_text_newest ON columns_articletext (printed_at DESC, article_id DESC) WHERE printed_at IS NOT NULL;
DROP FUNCTION columns_search(tsquery, boolean, integer);
CREATE FUNCTION columns_search(asked tsquery, passes boolean, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ids bigint[] := coalesce(string_to_array(nullif(current_setting('rongpei.scope', true), ''), ',')::bigint[], '{}');
  titled bigint[];
BEGIN
  EXECUTE 'SELECT coalesce(array_agg(article_id), ''{}'') FROM (
      SELECT article_id FROM columns_articletext
      WHERE title_words @@ $1 AND printed_at IS NOT NULL AND (is_public OR tenant_id = ANY ($2))
      ORDER BY printed_at DESC, article_id DESC LIMIT $3) found'
    INTO titled USING asked, ids, most;
  RETURN QUERY SELECT unnest(titled);
  IF cardinality(titled) < most THEN
    RETURN QUERY EXECUTE 'SELECT article_id FROM columns_articletext
        WHERE words @@ $1 AND printed_at IS NOT NULL AND (is_public OR tenant_id = ANY ($2)) AND ($4 OR NOT gated)
          AND NOT article_id = ANY ($5)
        ORDER BY printed_at DESC, article_id DESC LIMIT $3'
      USING asked, ids, most - cardinality(titled), passes, titled;
  END IF;
END $$;
REVOKE ALL ON FUNCTION columns_search(tsquery, boolean, integer) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("columns", "0003_editorial_case")]
    operations = [
        migrations.AddField("articletext", "is_public", models.BooleanField(default=False)),
        migrations.AddField("articletext", "gated", models.BooleanField(default=False)),
        migrations.AddField("articletext", "printed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(INSTALL, migrations.RunSQL.noop),
    ]
