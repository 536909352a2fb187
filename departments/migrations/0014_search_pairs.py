"""On PostgreSQL: an index over the pairs of characters, for words of two characters and more. See search/pairs.py."""

from django.db import migrations

MAKE = """
CREATE FUNCTION departments_pairs_of(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT array_agg(DISTINCT substr(said, at, 2)) FROM generate_series(1, length(said) - 1) AS at $$;
CREATE INDEX departments_search_pairs ON departments_searchentry USING gin (departments_pairs_of(words));
"""
DROP = """
DROP INDEX departments_search_pairs;
DROP FUNCTION departments_pairs_of(text);
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("departments", "0013_rows_beside_the_tree_are_guarded")]
    operations = [migrations.RunPython(make, drop)]
