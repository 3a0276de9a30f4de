"""Word, Excel, CSV and OFD files, part by part; other office files by way of LibreOffice."""
