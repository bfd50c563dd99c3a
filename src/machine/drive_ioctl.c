/* SPDX-License-Identifier: MIT */
/*
 * drive_ioctl.c - the calls of ioctl() that nobody wrote a script for
 *
 * tools/ioctl_words.c found the commands that the module knows, and the limits it holds numbers
 * against: "auto COMMAND... / VALUE...".
 * K1  Round by round: all commands with zeroes, then with addresses of user space, with ones, with
 *     the values; U32_MAX among them is all bits set.  What one command makes the next one finds.
 * K2  What an argument is nobody knows: a number, or the address of numbers of 4 or 8 bytes.  Each
 *     is tried where the command itself does not say how many bytes it has.
 * K3  At most CALLS_MAX calls in a run; later rounds are left out.
 * K4  What may succeed comes first: the sweep fails the first two calls of each site, and what
 *     follows a failure is seen only if the rest is as it should be.
 * Owns: the commands, values and arguments of the run.
 */
#include <linux/ioctl.h>
#include <linux/kstrtox.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "machine/drive.h"
#include "machine/drive_memory.h"

#define COMMANDS_MAX	64u
#define VALUES_MAX	64u
#define CALLS_MAX	1500u
#define ROOM		256u	/* behind what a command says it has */
#define UNKNOWN		_IO(0xfe, 0xfe)

static struct {
	u32 commands[COMMANDS_MAX], values[VALUES_MAX];
	unsigned int command_count, value_count, calls;
	size_t bytes;		/* of the longest argument */
} known;

/* Numbers of 4 bytes, of 8, or an address and a number in turn. */
enum shape { IN_FOURS, IN_EIGHTS, ADDRESS_FIRST, ADDRESS_SECOND };

static void take_number(u32 number, bool is_value)
{
	for (unsigned int i = 0; is_value && i < known.value_count; i++)
		if (known.values[i] == number)
			return;
	if (is_value && known.value_count < VALUES_MAX)
		known.values[known.value_count++] = number;
	else if (!is_value && known.command_count < COMMANDS_MAX)
		known.commands[known.command_count++] = number;
}

/* @text: behind "auto" */
static void take_in(const char *text)
{
	static const u32 usual[] = { 2, 8, 16, 64, 4096 };
	bool is_value = false;

	memset(&known, 0, sizeof(known));
	while (*text) {
		char word[16];
		size_t length;
		u32 number;

		text += strspn(text, " ");
		length = strcspn(text, " ");
		if (length >= sizeof(word))
			break;
		memcpy(word, text, length);
		word[length] = 0;
		text += length;
		if (!strcmp(word, "/"))
			is_value = true;
		else if (!kstrtou32(word, 10, &number))
			take_number(number, is_value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		take_number(usual[i], true);
	for (unsigned int i = 0; i < known.command_count; i++)
		known.bytes = max_t(size_t, known.bytes, _IOC_SIZE(known.commands[i]));
	known.bytes += ROOM;
}

static bool has_size(u32 command)
{
	return _IOC_DIR(command) != _IOC_NONE && _IOC_SIZE(command);
}

static void add(struct drive_run *run, struct drive_step step)
{
	if (known.calls == CALLS_MAX)
		return;
	known.calls++;
	step.op = DRIVE_IOCTL;
	run->steps[run->count++] = step;
}

static char *argument_make(u64 value, enum shape shape)
{
	char *bytes = km_port_grab(ALIGN(known.bytes, 16));
	u64 words[2] = { value, value };

	if (!bytes)
		return NULL;
	if (shape == IN_FOURS)
		words[0] = words[1] = value << 32 | value;
	else if (shape == ADDRESS_FIRST)
		words[0] = DRIVE_MEMORY_BASE;
	else if (shape == ADDRESS_SECOND)
		words[1] = DRIVE_MEMORY_BASE;
	for (size_t at = 0; at < known.bytes; at += sizeof(words))
		memcpy(bytes + at, words, sizeof(words));
	return bytes;
}

/* @room: behind what the command says it has */
static void add_memory(struct drive_run *run, s64 slot, const char *argument, size_t room,
		       enum drive_where where)
{
	for (unsigned int i = 0; argument && i < known.command_count; i++) {
		u32 command = known.commands[i];
		size_t bytes = has_size(command) ? _IOC_SIZE(command) + room : ROOM;

		add(run, (struct drive_step){ .a = slot, .b = command, .c = where,
					      .data = argument, .bytes = bytes });
	}
}

static void add_number(struct drive_run *run, s64 slot, u64 number)
{
	for (unsigned int i = 0; i < known.command_count; i++)
		if (!number || !has_size(known.commands[i]))
			add(run, (struct drive_step){ .a = slot, .b = known.commands[i],
						      .c = number });
}

static void add_value(struct drive_run *run, s64 slot, u64 value)
{
	if (value == U32_MAX) {
		add_number(run, slot, ULONG_MAX);
		add_memory(run, slot, argument_make(value, IN_FOURS), 0, DRIVE_GOOD);
		return;
	}
	add_number(run, slot, value);
	add_memory(run, slot, argument_make(value, IN_FOURS), ROOM, DRIVE_GOOD);
	add_memory(run, slot, argument_make(value, IN_EIGHTS), ROOM, DRIVE_GOOD);
}

static void add_rounds(struct drive_run *run, s64 slot)
{
	char *zeroes = argument_make(0, IN_FOURS);

	/* K4 */
	add_memory(run, slot, zeroes, 0, DRIVE_GOOD);
	add_memory(run, slot, argument_make(16, ADDRESS_FIRST), ROOM, DRIVE_GOOD);
	add_memory(run, slot, argument_make(16, ADDRESS_SECOND), ROOM, DRIVE_GOOD);
	add_value(run, slot, 1);
	add_number(run, slot, 0);
	add_memory(run, slot, zeroes, 0, DRIVE_BAD);
	add(run, (struct drive_step){ .a = slot, .b = UNKNOWN });
	for (unsigned int i = 0; i < known.value_count; i++)
		add_value(run, slot, known.values[i]);
}

unsigned int drive_ioctl_room(const char *script)
{
	take_in(script);
	return known.command_count ? CALLS_MAX : 0;
}

bool drive_ioctl_is_known(const struct km_fnode *node)
{
	return known.command_count && node->kind != FNODE_TEXT;
}

void drive_ioctl_alone(struct drive_run *run, s64 slot)
{
	add_rounds(run, slot);
}

void drive_ioctl_together(struct drive_run *run, s64 slot)
{
	const char *ones = argument_make(1, IN_FOURS);

	add_number(run, slot, 1);
	/* To who takes it for a time a second task's address is a day. */
	if (known.values[0] == U32_MAX)
		add_memory(run, slot, ones, ROOM, DRIVE_GOOD);
}

void drive_ioctl_text(u32 command, char *text, size_t room)
{
	static const char *const names[] = { "_IO", "_IOW", "_IOR", "_IOWR" };
	char type = _IOC_TYPE(command);

	if (type < 0x21 || type > 0x7e || type == '\'' || type == '\\')
		scnprintf(text, room, "0x%x", command);
	else if (_IOC_DIR(command) == _IOC_NONE && !_IOC_SIZE(command))
		scnprintf(text, room, "_IO('%c', %u)", type, _IOC_NR(command));
	else
		scnprintf(text, room, "%s('%c', %u, %u)", names[_IOC_DIR(command)], type,
			  _IOC_NR(command), _IOC_SIZE(command));
}
