from django.db import migrations

# The words of a person: every character of the name, the pinyin, its initials, the staff number.
# The function runs as the owner, because `@@` is not leakproof and would lose its index under the policy;
# it filters by the scope itself and returns ids alone.
INSTALL = """
ALTER TABLE people_person ADD COLUMN words tsvector GENERATED ALWAYS AS (
  array_to_tsvector(array_remove(
    string_to_array(name, NULL)
    || ARRAY[regexp_replace(sort_key, '[^a-z]', '', 'g'), initials, lower(staff_number COLLATE "C")], ''))
) STORED;
CREATE INDEX people_words ON people_person USING gin (words) WITH (fastupdate = on);

CREATE FUNCTION people_search(asked tsquery, needle text, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM people_person
  WHERE words @@ asked AND (needle = '' OR position(needle IN name) > 0)
    AND tenant_id = ANY (string_to_array(nullif(current_setting('rongpei.scope', true), ''), ',')::bigint[])
  ORDER BY standing, sort_key, id LIMIT most
$$;
REVOKE ALL ON FUNCTION people_search(tsquery, text, integer) FROM PUBLIC;
"""
REMOVE = """
DROP FUNCTION people_search(tsquery, text, integer);
ALTER TABLE people_person DROP COLUMN words;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people_and_facts")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
