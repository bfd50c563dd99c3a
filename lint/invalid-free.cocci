// SPDX-License-Identifier: MIT
// id: invalid-free
// confidence: high
// title: memory goes to a function that cannot free it: kfree() of vmalloc() or kvmalloc(), vfree() of kmalloc(), ...
// help: free with the partner of the allocator: kfree, vfree, kvfree, free_percpu, free_pages, dma_free_coherent
// false: a member of one name in two structs of the same file (told as medium: not in one function)
// needs: facts-memory
@script:python@
@@
tell_mismatches("invalid-free", lambda f, family: "devm" not in f + family and "cache" not in f + family)
