"""Where things are kept beside the WARC files: the database and its migrations.

Thin: blobs are local files only (S3 later); work runs in a local process pool (Dask later).
"""
