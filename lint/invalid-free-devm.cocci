// SPDX-License-Identifier: MIT
// id: invalid-free.devm
// confidence: high
// title: kfree() of memory that belongs to the device (devm_*), or devm_kfree() of memory that does not
// help: leave devm_ memory to the device, or give it back early with devm_kfree()
// false: a member of one name in two structs of the same file (told as medium: not in one function)
// needs: facts-memory
@script:python@
@@
tell_mismatches("invalid-free.devm", lambda f, family: "devm" in f + family)
