# SPDX-License-Identifier: MIT
"""Bugs planted in our allocators: each must turn its case red, or the case proves nothing.

file: ours; text: occurs exactly once in it; instead: what replaces it.
"""

MUTANTS = {
    "test_meminit": [],
    "test_free_pages": [],
    "test_ida": [],
    "list-test": [],
}
