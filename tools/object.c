/* SPDX-License-Identifier: MIT */
/* object.c - what an object file has: names of symbols, bytes of a section */
#include "object.h"

#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

struct file {
	int fd;
	Elf *elf;
	size_t names; /* section with the names of sections */
};

static struct file open_file(const char *path)
{
	struct file file = { .fd = open(path, O_RDONLY | O_CLOEXEC) };

	elf_version(EV_CURRENT);
	file.elf = elf_begin(file.fd, ELF_C_READ, NULL);
	if (file.elf && elf_getshdrstrndx(file.elf, &file.names)) {
		elf_end(file.elf);
		file.elf = NULL;
	}
	return file;
}

static void close_file(struct file *file)
{
	elf_end(file->elf);
	close(file->fd);
}

static bool is_section(const struct file *file, Elf_Scn *section, const char *wanted)
{
	GElf_Shdr header;
	const char *name = section && gelf_getshdr(section, &header)
				   ? elf_strptr(file->elf, file->names, header.sh_name)
				   : NULL;

	return name && strcmp(name, wanted) == 0;
}

/* @wanted: a section; NULL: undefined ones. */
static void see_symbols(const struct file *file, Elf_Scn *table, const char *wanted,
			struct words *names)
{
	Elf_Data *data = elf_getdata(table, NULL);
	GElf_Shdr header;
	GElf_Sym symbol;

	if (!gelf_getshdr(table, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize)
		return;
	for (size_t i = 1; i < header.sh_size / header.sh_entsize; i++) {
		const char *name;

		if (!gelf_getsym(data, (int)i, &symbol) ||
		    (!wanted && symbol.st_shndx != SHN_UNDEF) ||
		    (wanted && !is_section(file, elf_getscn(file->elf, symbol.st_shndx), wanted)))
			continue;
		name = elf_strptr(file->elf, header.sh_link, symbol.st_name);
		if (name && *name)
			words_add(names, name);
	}
}

static struct words symbols_of(const char *path, const char *wanted)
{
	struct file file = open_file(path);
	struct words names = { 0 };
	Elf_Scn *section = NULL;

	while (file.elf && (section = elf_nextscn(file.elf, section)))
		see_symbols(&file, section, wanted, &names);
	close_file(&file);
	return names;
}

struct words object_undefined(const char *path)
{
	return symbols_of(path, NULL);
}

struct words object_symbols_in(const char *path, const char *section)
{
	return symbols_of(path, section);
}

struct words object_texts(const char *path, const char *section)
{
	struct file file = open_file(path);
	struct words texts = { 0 };
	Elf_Scn *at = NULL;

	while (file.elf && (at = elf_nextscn(file.elf, at))) {
		Elf_Data *data = is_section(&file, at, section) ? elf_getdata(at, NULL) : NULL;
		const char *bytes = data ? data->d_buf : NULL;

		for (size_t i = 0; bytes && i < data->d_size; i++) {
			size_t length = strnlen(bytes + i, data->d_size - i);

			if (length)
				words_add(&texts, need_part(bytes + i, length));
			i += length;
		}
	}
	close_file(&file);
	return texts;
}
