/* SPDX-License-Identifier: MIT */
/* mapping_test.c - which record a call is about, and how long one that ended is kept */
#include "rules/mapping.h"
#include "rules/rules_test.h"

static char card, other;

static struct mapping *add(const void *device, uint64_t address, size_t bytes, int direction)
{
	struct mapping *mapping = mapping_add();

	mapping->device = device;
	mapping->address = address;
	mapping->bytes = bytes;
	mapping->memory = (uintptr_t)address + 0x100000;
	mapping->kind = KM_DMA_SINGLE;
	mapping->direction = direction;
	return mapping;
}

static struct mapping_key key_of(const void *device, uint64_t address, size_t bytes,
				 const struct km_dma_call *call)
{
	return (struct mapping_key){
		.device = device, .address = address, .bytes = bytes, .call = call,
	};
}

static void the_record_that_fits_best_is_found(void)
{
	const struct km_dma_call call = { .kind = KM_DMA_SINGLE, .direction = 2 };
	struct mapping *small, *large, *foreign;
	struct mapping_key key;

	mappings_forget();
	CHECK(!mappings_exist());
	small = add(&card, 0x1000, 64, 1);
	large = add(&card, 0x1000, 512, 2);
	foreign = add(&other, 0x1000, 64, 2);
	key = key_of(&card, 0x1000, 64, &call);
	CHECK(mapping_find(&key) == small);
	key.bytes = 100;
	CHECK(mapping_find(&key) == large);
	key.device = &other;
	CHECK(mapping_find(&key) == foreign);
	key.address = 0x1040;
	CHECK(!mapping_find(&key));
	key = key_of(&card, 0x11ff, 1, &call);
	CHECK(mapping_holding(&key) == large);
	key.address = 0x1200;
	CHECK(!mapping_holding(&key));
}

static void what_ended_is_kept_and_the_oldest_goes(void)
{
	const struct km_dma_call call = { .kind = KM_DMA_SINGLE };
	struct mapping_key key;

	mappings_forget();
	for (unsigned int i = 0; i < 257; i++)
		mapping_end(add(&card, 0x1000 * i, 64, 0), i + 1);
	CHECK(!mappings_exist());
	key = key_of(&card, 0, 64, &call);
	CHECK(!mapping_ended(&key));
	key.address = 0x1000;
	CHECK(mapping_ended(&key) && mapping_ended(&key)->end_stack == 2);
	key.address = 0x1000 * 256;
	CHECK(mapping_ended(&key) && !mapping_find(&key));
}

static void freed_memory_and_asked_errors_are_noted(void)
{
	struct mapping *first, *second, *ring;

	mappings_forget();
	first = add(&card, 0x1000, 64, 0);
	second = add(&card, 0x2000, 64, 0);
	ring = add(&card, 0x3000, 64, 0);
	ring->kind = KM_DMA_COHERENT;
	mapping_test(&card, 0x2000);
	CHECK(!first->is_tested && second->is_tested);
	/* One byte of the first; the second only begins behind it. */
	mapping_free(first->memory + 63, 0x1000 - 63, 7);
	CHECK_EQ(first->free_stack, 7);
	CHECK_EQ(second->free_stack, 0);
	mapping_free(first->memory, 64, 8);
	CHECK_EQ(first->free_stack, 7);
	mapping_free(ring->memory, 64, 9);
	CHECK_EQ(ring->free_stack, 0);
	CHECK(mapping_of_memory(ring->memory) == ring && !mapping_of_memory(first->memory));
}

static void a_list_ends_as_a_whole(void)
{
	char list, another;

	mappings_forget();
	for (unsigned int i = 0; i < 6; i++)
		add(&card, 0x1000 * i, 64, 0)->list = i % 3 ? &list : &another;
	mapping_end_list(&card, &list, 3);
	CHECK(mappings_exist());
	mapping_end_list(&other, &another, 3);
	CHECK(mappings_exist());
	mapping_end_list(&card, &another, 3);
	CHECK(!mappings_exist());
}

KM_TESTS(rules_setup,
	T(the_record_that_fits_best_is_found),
	T(what_ended_is_kept_and_the_oldest_goes),
	T(freed_memory_and_asked_errors_are_noted),
	T(a_list_ends_as_a_whole));
