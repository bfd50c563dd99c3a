// SPDX-License-Identifier: MIT
// id: null-unchecked.dma-map
// confidence: high
// title: a DMA mapping is used without dma_mapping_error()
// help: ask dma_mapping_error(dev, address) before the device is given the address
// false: the address is looked at by a caller, through a member
@dm@
expression x;
identifier a = {$dma_maps};
position p;
@@
x = a@p(...)

@script:python@
x << dm.x; a << dm.a; p << dm.p;
@@
facts.maps.append((where(p), bare(x), str(a)))

@script:python@
@@
for place, x, a in facts.maps:
    tail = re.findall(r"\w+", re.sub(r"\[.*?\]", "", x))[-1]
    text = body(place[0], place[1])
    if x.startswith("*") or re.search(r"\breturn\s+%s\s*;" % re.escape(tail), text):
        continue
    # Some drivers ask through a wrapper of their own: enic_dma_map_check(enic, address).
    is_asked = re.search(r"mapping_error|\w*(check|err|fail|valid)\w*\s*\([^;{]*\b%s\b" % re.escape(tail), text)
    if not is_asked:
        say("null-unchecked.dma-map", place, "the address that %s() returned is never given to dma_mapping_error()" % a)
