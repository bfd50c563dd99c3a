// SPDX-License-Identifier: MIT
// id: sleep-in-atomic.lock
// confidence: high
// title: a call that may sleep stands between a spin lock (or rcu_read_lock, preempt_disable, ...) and its unlock
// help: allocate before the lock is taken, or use GFP_ATOMIC
// false: two conditions that are never true together
@sl exists@
expression lk;
expression list es;
identifier l = {$locks};
identifier u = {$unlocks};
identifier s = {$sleepers,$objects,$devm,$coherents};
position p, q;
@@
l@p(lk, ...);
... when != u(...)
    when != lk
s@q(es)

@script:python@
lk << sl.lk; l << sl.l; s << sl.s; es << sl.es; p << sl.p; q << sl.q;
@@
if may_sleep_in(s, es) and is_still_held(p, q):
    say("sleep-in-atomic.lock", q, "%s() may sleep, and %s(%s) is held" % (s, l, nice(lk)), [("locked", p[0].line)], how_sure(p, q))

@sr exists@
expression list es;
identifier l = {rcu_read_lock,rcu_read_lock_bh,preempt_disable,local_irq_disable,local_irq_save,local_bh_disable};
identifier u = {rcu_read_unlock,rcu_read_unlock_bh,preempt_enable,local_irq_enable,local_irq_restore,local_bh_enable};
identifier s = {$sleepers,$objects,$devm,$coherents};
position p, q;
@@
l@p(...);
... when != u(...)
s@q(es)

@script:python@
l << sr.l; s << sr.s; es << sr.es; p << sr.p; q << sr.q;
@@
if may_sleep_in(s, es) and is_still_held(p, q):
    say("sleep-in-atomic.lock", q, "%s() may sleep, behind %s()" % (s, l), [("locked", p[0].line)], how_sure(p, q))
