"""Tests of the Tencent Meeting client."""
