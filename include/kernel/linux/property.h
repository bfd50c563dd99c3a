/* SPDX-License-Identifier: MIT */
/* property.h - what firmware tells of a device: nothing, for no device here has a node */
#ifndef _LINUX_PROPERTY_H_
#define _LINUX_PROPERTY_H_

#include <linux/errno.h>
#include <linux/types.h>

struct device;

static inline bool device_property_present(const struct device *dev, const char *propname)
{
	return false;
}

static inline bool device_property_read_bool(const struct device *dev, const char *propname)
{
	return false;
}

#define KM_NO_PROPERTY(name, type)							\
	static inline int device_property_read_##name(const struct device *dev,		\
						      const char *propname, type *val)	\
	{										\
		return -EINVAL;								\
	}										\
	static inline int								\
	device_property_read_##name##_array(const struct device *dev, const char *propname,	\
					    type *val, size_t nval)			\
	{										\
		return -EINVAL;								\
	}
KM_NO_PROPERTY(u8, u8)
KM_NO_PROPERTY(u16, u16)
KM_NO_PROPERTY(u32, u32)
KM_NO_PROPERTY(u64, u64)
KM_NO_PROPERTY(string, const char *)
#undef KM_NO_PROPERTY

static inline const void *device_get_match_data(const struct device *dev) { return NULL; }

#endif
