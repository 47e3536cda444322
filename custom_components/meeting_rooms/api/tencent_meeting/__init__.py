"""Tencent Meeting Rooms."""
