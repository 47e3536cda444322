"""The client of Quanshi (全时): the conferences of one host, and the rooms of the company."""
