from django.db import migrations

# The words of an article: those of its title, tags and author, and those of all of it. The function runs as the owner,
# because `@@` is not leakproof and would lose its index under the policy; it filters itself (published, and public or
# in scope), looks into a closed text only for those whom the gate lets in, and returns ids alone.
INSTALL = """
ALTER TABLE columns_articletext ADD COLUMN title_words tsvector NOT NULL DEFAULT '', ADD COLUMN words tsvector NOT NULL DEFAULT '';
CREATE INDEX columns_title_words ON columns_articletext USING gin (title_words);
CREATE INDEX columns_words ON columns_articletext USING gin (words);

CREATE FUNCTION columns_search(asked tsquery, passes boolean, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH scope AS (
    SELECT coalesce(string_to_array(nullif(current_setting('rongpei.scope', true), ''), ',')::bigint[], '{}') AS ids
  ), titled AS (
    SELECT a.id, a.published_at FROM columns_articletext t JOIN columns_article a ON a.id = t.article_id, scope
    WHERE t.title_words @@ asked AND a.state = 'published' AND (a.is_public OR a.tenant_id = ANY (scope.ids))
    ORDER BY a.published_at DESC, a.id DESC LIMIT most
  ), told AS (
    SELECT a.id, a.published_at FROM columns_articletext t JOIN columns_article a ON a.id = t.article_id, scope
    WHERE t.words @@ asked AND a.state = 'published' AND (a.is_public OR a.tenant_id = ANY (scope.ids))
      AND (passes OR NOT a.gated)
    ORDER BY a.published_at DESC, a.id DESC LIMIT most
  )
  SELECT id FROM (
    SELECT id, published_at, 0 AS turn FROM titled
    UNION ALL SELECT id, published_at, 1 FROM told WHERE id NOT IN (SELECT id FROM titled)
  ) found ORDER BY turn, published_at DESC, id DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION columns_search(tsquery, boolean, integer) FROM PUBLIC;
"""
REMOVE = """
DROP FUNCTION columns_search(tsquery, boolean, integer);
ALTER TABLE columns_articletext DROP COLUMN words, DROP COLUMN title_words;
"""


class Migration(migrations.Migration):
    dependencies = [("columns", "0001_articles_and_comments")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
