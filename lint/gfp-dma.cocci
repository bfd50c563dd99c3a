// SPDX-License-Identifier: MIT
// id: dma-unreachable.gfp-dma
// confidence: medium
// severity: advice
// title: GFP_DMA, where the dma API knows what the device reaches
// help: set the mask with dma_set_mask() and use dma_alloc_coherent() or dma_map_single()
// false: hardware without a struct device (s390 channel programs, ISA)
// needs: facts-memory
@script:python@
@@
# The ISA bus, and the messages of s390's hypervisor: both take addresses of the low zone, without the dma API.
LOW = r"\b(isa_virt_to_bus|isa_page_to_bus|claim_dma_lock|set_dma_addr|iucv_message_\w+)\s*\("
for place, a, es in facts.calls:
    if re.search(r"\b(__)?GFP_DMA\b", es) and "/s390/" not in place[0] and not re.search(LOW, "\n".join(lines_of(place[0]))):
        say("dma-unreachable.gfp-dma", place, "%s() with GFP_DMA" % a)
