// SPDX-License-Identifier: MIT
/*
 * look.c - checked code looks at the shadow of an address that cannot exist
 *
 * Compiled code reads the byte at (address >> 3) + KM_PORT_SHADOW_OFFSET itself, before it knows
 * what the address is.  For an error pointer, a poisoned link or a value that was no address there
 * is no such byte, and the processor refuses the look without saying where.  What the look would
 * have found is carried out here: "closed".  The code then calls who tells of the access, and that
 * call has the address as it is.
 * L1  Only instructions that compilers look with are understood: a comparison or a load of one
 *     byte or two, at such a place.  All else is the fault that it is.
 * L2  A place that a process could have is looked at only by code that shows what for: it adds the
 *     beginning of the shadow itself, or has an address nearby in a register.  A wild pointer of
 *     the module may lead there too.
 */
#include <string.h>
#include <ucontext.h>

#include "state.h"

#if defined(__x86_64__)
#define FLAG_CARRY	0x1ll
#define FLAG_PARITY	0x4ll
#define FLAG_ADJUST	0x10ll
#define FLAG_ZERO	0x40ll
#define FLAG_SIGN	0x80ll
#define FLAG_OVERFLOW	0x800ll
#define NEAR		UINT64_C(0x10000)	/* how far a register may be from the address */
#define FLAGS		(FLAG_CARRY | FLAG_PARITY | FLAG_ADJUST | FLAG_ZERO | FLAG_SIGN | \
			 FLAG_OVERFLOW)

/* One instruction, as far as it was read. */
struct look {
	const uint8_t *at;		/* what comes next */
	greg_t *regs;
	uint8_t rex;			/* 0: none */
	bool is_word;			/* two bytes, not one */
	unsigned int reg;		/* the register, or the operation, of the ModRM byte */
	uint64_t place;			/* of the operand in memory */
	bool has_shadow;		/* one of its registers holds where the shadow begins */
};

/* By the number that instructions have for them. */
static greg_t *reg_of(const struct look *look, unsigned int number)
{
	static const uint8_t order[] = {
		REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
		REG_R8,	 REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15,
	};

	return &look->regs[order[number & 15]];
}

static int64_t displacement(struct look *look, unsigned int mode)
{
	int32_t wide;
	int8_t narrow;

	if (mode == 1) {
		memcpy(&narrow, look->at, sizeof(narrow));
		look->at += sizeof(narrow);
		return narrow;
	}
	memcpy(&wide, look->at, sizeof(wide));
	look->at += sizeof(wide);
	return wide;
}

static uint64_t part_of(struct look *look, unsigned int number)
{
	uint64_t value = (uint64_t)*reg_of(look, number);

	look->has_shadow |= value == KM_PORT_SHADOW_OFFSET;
	return value;
}

/* ModRM, SIB and displacement; false: the operand is none in memory, or relative to the code. */
static bool read_operand(struct look *look)
{
	uint8_t modrm = *look->at++, mode = modrm >> 6, base = modrm & 7;

	look->reg = (modrm >> 3 & 7) | (look->rex & 4) << 1;
	if (mode == 3 || (mode == 0 && base == 5))
		return false;
	look->place = 0;
	if (base == 4) {
		uint8_t sib = *look->at++;
		unsigned int index = (sib >> 3 & 7) | (look->rex & 2) << 2;

		base = sib & 7;
		if (index != 4)
			look->place = part_of(look, index) << (sib >> 6);
		if (mode == 0 && base == 5) {	/* no base */
			look->place += (uint64_t)displacement(look, 2);
			return true;
		}
	}
	look->place += part_of(look, base | (look->rex & 1u) << 3);
	if (mode)
		look->place += (uint64_t)displacement(look, mode);
	return true;
}

/* Is an address whose shadow lies near that of @address at hand? */
static bool has_address(const struct look *look, uint64_t address)
{
	for (unsigned int i = 0; i < 16; i++)
		if ((uint64_t)*reg_of(look, i) - address + NEAR < 2 * NEAR)
			return true;
	return false;
}

/* Would the shadow of an address no process can have be there? */
static bool is_look(const struct look *look)
{
	uint64_t unit = look->place - KM_PORT_SHADOW_OFFSET;

	if (unit < KM_PORT_SHADOW_LIMIT / 8 || unit >= UINT64_C(1) << 61)
		return false;
	return look->place >= KM_PORT_SHADOW_LIMIT || look->has_shadow ||
	       has_address(look, unit << 3);
}

/* A register of one byte, which without REX may be the second of a word. */
static uint8_t *byte_reg(const struct look *look)
{
	if (!look->rex && look->reg >= 4 && look->reg < 8)
		return (uint8_t *)reg_of(look, look->reg - 4) + 1;
	return (uint8_t *)reg_of(look, look->reg);
}

/* a - b, both of one size and sign-extended: the flags. */
static void compare(const struct look *look, int64_t a, int64_t b)
{
	uint64_t mask = look->is_word ? 0xffff : 0xff, sign = (mask + 1) / 2;
	uint64_t difference = ((uint64_t)a - (uint64_t)b) & mask;
	greg_t flags = look->regs[REG_EFL] & ~FLAGS;

	if (((uint64_t)a & mask) < ((uint64_t)b & mask))
		flags |= FLAG_CARRY;
	if (!(__builtin_popcountll(difference & 0xff) & 1))
		flags |= FLAG_PARITY;
	if (((uint64_t)a & 15) < ((uint64_t)b & 15))
		flags |= FLAG_ADJUST;
	if (!difference)
		flags |= FLAG_ZERO;
	if (difference & sign)
		flags |= FLAG_SIGN;
	if (((uint64_t)a ^ (uint64_t)b) & ((uint64_t)a ^ difference) & sign)
		flags |= FLAG_OVERFLOW;
	look->regs[REG_EFL] = flags;
}

/* cmp $number, memory: the only operation of its group that looks */
static bool carry_out_number(struct look *look)
{
	int8_t number;

	if (!read_operand(look) || (look->reg & 7) != 7 || !is_look(look))
		return false;
	memcpy(&number, look->at++, sizeof(number));
	compare(look, -1, number);
	return true;
}

/* A load of the byte, or of two, as wide as the register says. */
static bool carry_out_wide(struct look *look, uint8_t code)
{
	bool is_signed = code & 8, is_word = code & 1;
	greg_t *reg;
	uint64_t value;

	if ((code & 0xf6) != 0xb6 || !read_operand(look) || !is_look(look))
		return false;
	reg = reg_of(look, look->reg);
	value = is_signed ? UINT64_MAX : is_word ? 0xffff : 0xff;
	if (look->is_word)
		memcpy(reg, &value, 2);
	else
		*reg = (greg_t)(look->rex & 8 ? value : value & UINT32_MAX);
	return true;
}

static bool carry_out(struct look *look)
{
	uint8_t code = *look->at++;

	switch (code) {
	case 0x0f:
		return carry_out_wide(look, *look->at++);
	case 0x80:
		look->is_word = false;
		return carry_out_number(look);
	case 0x83:
		return look->is_word && !(look->rex & 8) && carry_out_number(look);
	case 0x8a:
		if (!read_operand(look) || !is_look(look))
			return false;
		*byte_reg(look) = 0xff;
		return true;
	case 0x38:
	case 0x3a:
		look->is_word = false;
		if (!read_operand(look) || !is_look(look))
			return false;
		if (code == 0x38)
			compare(look, -1, (int8_t)*byte_reg(look));
		else
			compare(look, (int8_t)*byte_reg(look), -1);
		return true;
	default:
		return false;
	}
}

bool sim_look_refused(struct ucontext_t *context)
{
	struct look look = { .regs = context->uc_mcontext.gregs };

	look.at = (const uint8_t *)look.regs[REG_RIP];
	if (*look.at == 0x66) {
		look.is_word = true;
		look.at++;
	}
	if ((*look.at & 0xf0) == 0x40)
		look.rex = *look.at++;
	if (!carry_out(&look))
		return false;
	look.regs[REG_RIP] = (greg_t)look.at;
	return true;
}
#else
bool sim_look_refused(struct ucontext_t *context)
{
	(void)context;
	return false;
}
#endif
