/* SPDX-License-Identifier: MIT */
/* Sessions: a hash table of objects counted with kref, found by name. */
#include <linux/module.h>
#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

struct session {
	struct hlist_node node;
	struct kref kref;
	char *name;
	u32 id;
	void *buffer;
};

static DEFINE_HASHTABLE(sessions, 4);
static DEFINE_MUTEX(sessions_lock);
static int count = 12;
module_param(count, int, 0444);
MODULE_PARM_DESC(count, "how many sessions");
static char *prefix = "session";
module_param(prefix, charp, 0444);
static bool verbose;
module_param(verbose, bool, 0644);

static void session_release(struct kref *kref)
{
	struct session *s = container_of(kref, struct session, kref);

	kfree_const(s->name);
	kvfree(s->buffer);
	kfree(s);
}

static inline void session_put(struct session *s)
{
	kref_put(&s->kref, session_release);
}

static u32 session_key(const char *name)
{
	return jhash(name, strlen(name), 0);
}

static struct session *session_get(const char *name)
{
	struct session *s;

	mutex_lock(&sessions_lock);
	hash_for_each_possible(sessions, s, node, session_key(name)) {
		if (!strcmp(s->name, name)) {
			kref_get(&s->kref);
			mutex_unlock(&sessions_lock);
			return s;
		}
	}
	mutex_unlock(&sessions_lock);
	return NULL;
}

static struct session *session_create(const char *name, u32 id)
{
	struct session *s;
	int ret = -ENOMEM;

	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return ERR_PTR(-ENOMEM);
	s->name = kstrdup(name, GFP_KERNEL);
	if (!s->name)
		goto err_free;
	s->buffer = kvmalloc_array(id + 1, 3000, GFP_KERNEL);
	if (!s->buffer)
		goto err_name;
	memset(s->buffer, id, (id + 1) * 3000);
	s->id = id;
	kref_init(&s->kref);
	mutex_lock(&sessions_lock);
	hash_add(sessions, &s->node, session_key(name));
	kref_get(&s->kref);
	mutex_unlock(&sessions_lock);
	return s;
err_name:
	kfree(s->name);
err_free:
	kfree(s);
	return ERR_PTR(ret);
}

static void sessions_clear(void)
{
	struct session *s;
	struct hlist_node *tmp;
	int bucket;

	mutex_lock(&sessions_lock);
	hash_for_each_safe(sessions, bucket, tmp, s, node) {
		hash_del(&s->node);
		session_put(s);
	}
	mutex_unlock(&sessions_lock);
}

static int __init sessions_init(void)
{
	struct session *s;
	char name[32];
	int i, ret;

	if (count <= 0)
		return -EINVAL;
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "%s-%02d", prefix, i);
		s = session_create(name, i);
		if (IS_ERR(s)) {
			ret = PTR_ERR(s);
			sessions_clear();
			return ret;
		}
		session_put(s);
	}
	s = session_get("session-03");
	if (s) {
		if (verbose)
			pr_info("%s is %u\n", s->name, s->id);
		session_put(s);
	}
	WARN_ON(session_get("nobody"));
	return 0;
}

static void __exit sessions_exit(void)
{
	sessions_clear();
	WARN_ON(!hash_empty(sessions));
}

module_init(sessions_init);
module_exit(sessions_exit);
MODULE_LICENSE("GPL v2");
MODULE_VERSION("1.0");
