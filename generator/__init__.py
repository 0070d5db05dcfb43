"""SRO Record: tables of public facts in, a public site with receipts out."""
