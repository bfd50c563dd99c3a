/* SPDX-License-Identifier: MIT */
/* jump_label.h - static keys, as plain counters: no code is patched */
#ifndef _LINUX_JUMP_LABEL_H
#define _LINUX_JUMP_LABEL_H

#include <linux/types.h>
#include <linux/compiler.h>

struct static_key { int enabled; };
struct static_key_true { struct static_key key; };
struct static_key_false { struct static_key key; };

#define STATIC_KEY_INIT_TRUE	{ .enabled = 1 }
#define STATIC_KEY_INIT_FALSE	{ .enabled = 0 }
#define STATIC_KEY_INIT		STATIC_KEY_INIT_FALSE
#define STATIC_KEY_TRUE_INIT	(struct static_key_true){ .key = { 1 } }
#define STATIC_KEY_FALSE_INIT	(struct static_key_false){ .key = { 0 } }

#define DEFINE_STATIC_KEY_TRUE(name)	struct static_key_true name = { .key = { 1 } }
#define DEFINE_STATIC_KEY_FALSE(name)	struct static_key_false name = { .key = { 0 } }
#define DEFINE_STATIC_KEY_TRUE_RO(name)	DEFINE_STATIC_KEY_TRUE(name)
#define DEFINE_STATIC_KEY_FALSE_RO(name)	DEFINE_STATIC_KEY_FALSE(name)
#define DECLARE_STATIC_KEY_TRUE(name)	extern struct static_key_true name
#define DECLARE_STATIC_KEY_FALSE(name)	extern struct static_key_false name
#define DEFINE_STATIC_KEY_MAYBE(cfg, name)	\
	__PASTE(DEFINE_STATIC_KEY_MAYBE_, IS_ENABLED(cfg))(name)
#define DEFINE_STATIC_KEY_MAYBE_1(name)	DEFINE_STATIC_KEY_TRUE(name)
#define DEFINE_STATIC_KEY_MAYBE_0(name)	DEFINE_STATIC_KEY_FALSE(name)
#define DECLARE_STATIC_KEY_MAYBE(cfg, name)	\
	__PASTE(DECLARE_STATIC_KEY_MAYBE_, IS_ENABLED(cfg))(name)
#define DECLARE_STATIC_KEY_MAYBE_1(name)	DECLARE_STATIC_KEY_TRUE(name)
#define DECLARE_STATIC_KEY_MAYBE_0(name)	DECLARE_STATIC_KEY_FALSE(name)

static inline int static_key_count(struct static_key *key)
{
	return __atomic_load_n(&key->enabled, __ATOMIC_RELAXED);
}

static inline void static_key_slow_inc(struct static_key *key)
{
	__atomic_add_fetch(&key->enabled, 1, __ATOMIC_SEQ_CST);
}

static inline void static_key_slow_dec(struct static_key *key)
{
	__atomic_sub_fetch(&key->enabled, 1, __ATOMIC_SEQ_CST);
}

static inline void static_key_enable(struct static_key *key)
{
	__atomic_store_n(&key->enabled, 1, __ATOMIC_SEQ_CST);
}

static inline void static_key_disable(struct static_key *key)
{
	__atomic_store_n(&key->enabled, 0, __ATOMIC_SEQ_CST);
}

#define static_key_false(k)		unlikely(static_key_count(k) > 0)
#define static_key_true(k)		likely(static_key_count(k) > 0)
#define static_key_enabled(x)		(static_key_count((struct static_key *)(x)) > 0)
#define static_branch_likely(x)		likely(static_key_enabled(&(x)->key))
#define static_branch_unlikely(x)	unlikely(static_key_enabled(&(x)->key))
#define static_branch_maybe(config, x)	static_key_enabled(&(x)->key)
#define static_branch_inc(x)		static_key_slow_inc(&(x)->key)
#define static_branch_dec(x)		static_key_slow_dec(&(x)->key)
#define static_branch_inc_cpuslocked(x)	static_key_slow_inc(&(x)->key)
#define static_branch_dec_cpuslocked(x)	static_key_slow_dec(&(x)->key)
#define static_branch_enable(x)		static_key_enable(&(x)->key)
#define static_branch_disable(x)	static_key_disable(&(x)->key)
#define static_branch_enable_cpuslocked(x)	static_key_enable(&(x)->key)
#define static_branch_disable_cpuslocked(x)	static_key_disable(&(x)->key)

#endif
