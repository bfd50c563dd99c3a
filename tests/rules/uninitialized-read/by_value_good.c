/* SPDX-License-Identifier: MIT */
/* A stream's settings are handed on by value; the rate is set on one path only, as it should be. */
#include <linux/module.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>

struct settings {
	u64 stamp;
	u8 key[16];
	u16 channels;
	u32 rate;
	u64 position;
};

struct stream {
	char name[8];
	struct settings settings;
};

static int stream_divider(const char *name, struct settings wanted, unsigned int clock)
{
	if (name[0] == 's' && wanted.key[3] == wanted.key[4])
		wanted.channels++;
	if (wanted.rate > clock)
		return 1;
	return clock / (wanted.channels + 1);
}

static struct stream *stream_make(const char *name, bool is_fast)
{
	struct stream *made = kmalloc(sizeof(*made), GFP_KERNEL);

	if (!made)
		return NULL;
	strscpy(made->name, name, sizeof(made->name));
	get_random_bytes(made->settings.key, sizeof(made->settings.key));
	made->settings.stamp = 1;
	made->settings.channels = 2;
	made->settings.position = 0;
	made->settings.rate = 48000;
	if (is_fast)
		made->settings.rate = 96000;
	return made;
}

static struct stream *playing;
static int divider;

static int __init stream_init(void)
{
	playing = stream_make("stereo", false);
	if (!playing)
		return -ENOMEM;
	divider = stream_divider(playing->name, playing->settings, 24000);
	return 0;
}

static void __exit stream_exit(void)
{
	kfree(playing);
}

module_init(stream_init);
module_exit(stream_exit);
MODULE_DESCRIPTION("a structure by value");
MODULE_LICENSE("GPL");
