"""Write a migration: what the models say and the newest migration does not.

usage: new_migration.py MESSAGE
"""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

folder = Path(__file__).parent.parent / "src/cunzhao/storage/migrations"
with tempfile.TemporaryDirectory() as scratch:
    engine = sa.create_engine(f"sqlite:///{scratch}/a.db")
    config = Config()
    config.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        number = f"{len(list((folder / 'versions').glob('0*.py'))) + 1:04d}"
        command.revision(config, sys.argv[1], autogenerate=True, rev_id=number)
