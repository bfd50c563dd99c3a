// SPDX-License-Identifier: MIT
/*
 * irq.c - device interrupts: one line of the port is one interrupt number
 *
 * Owns: the lines and the handlers on them.
 * L1  A handler runs on one CPU at a time a line: what arrives meanwhile, or while the line is
 * disabled or waits for a IRQF_ONESHOT thread, is remembered once and replayed. L2  A removed
 * action's next pointer stays until no handler runs, so that a walk under way goes on. L3  The
 * port's device interrupts only while the line has a handler. Lock: line->lock; handlers run
 * without it, interrupts off.  request_irq(), free_irq(), disable_irq() and synchronize_irq()
 * sleep.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/wait.h>
#include <asm/processor.h>
#include <kern/balance.h>
#include <kern/core.h>
#include <kern/parts.h>
#include <kern/spin.h>

#define IRQ_ACTIONS	96

struct irq_action {
	irq_handler_t handler, thread_fn;
	void *dev_id;
	const char *name;
	unsigned long flags;
	unsigned int irq;
	struct task_struct *thread;
	bool should_run;		/* the thread has something to do */
	bool is_used;
	struct irq_action *next;
};

static struct irq_line {
	struct km_spin lock;
	struct irq_action *actions;
	unsigned int disable_depth;
	unsigned int threads_active;	/* threads woken and not done */
	unsigned int oneshot_active;	/* of these, IRQF_ONESHOT: they keep the line masked */
	bool in_progress, is_pending;
} lines[NR_IRQS];
static struct irq_action action_table[IRQ_ACTIONS];
static struct km_spin action_lock = KM_SPIN_INIT;
static DECLARE_WAIT_QUEUE_HEAD(irq_wait);

static irqreturn_t irq_default_primary(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

irqreturn_t no_action(int cpl, void *dev_id)
{
	return IRQ_NONE;
}

static struct irq_action *action_new(void)
{
	unsigned long irq = km_spin_lock(&action_lock);
	struct irq_action *action = NULL;
	unsigned int nr;

	for (nr = 0; nr < IRQ_ACTIONS && !action; nr++)
		if (!action_table[nr].is_used)
			action = &action_table[nr];
	if (action)
		*action = (struct irq_action){ .is_used = true };
	km_spin_unlock(&action_lock, irq);
	return action;
}

/* The line's handlers may run now; line->lock held. */
static bool line_is_open_locked(const struct irq_line *line)
{
	return line->actions && !line->disable_depth && !line->oneshot_active;
}

/* Raise what came while the line was closed; line->lock held. */
static void line_replay_locked(struct irq_line *line)
{
	if (line->is_pending && line_is_open_locked(line) && !line->in_progress)
		km_port_interrupt(km_port_cpu(), KM_VECTOR_DEVICE + (line - lines));
}

static void action_wake_thread(struct irq_line *line, struct irq_action *action)
{
	unsigned long irq = km_spin_lock(&line->lock);
	bool was_running = action->should_run;

	if (!was_running && action->thread) {
		action->should_run = true;
		line->threads_active++;
		if (action->flags & IRQF_ONESHOT)
			line->oneshot_active++;
	}
	km_spin_unlock(&line->lock, irq);
	if (!was_running && action->thread)
		wake_up_process(action->thread);
}

static void action_call(struct irq_line *line, struct irq_action *action)
{
	struct balance balance;
	irqreturn_t ret;

	balance_begin(&balance);
	ret = action->handler(action->irq, action->dev_id);
	WARN_ONCE(!current->thread.irq_off, "irq %u handler %pS enabled interrupts\n", action->irq,
		  action->handler);
	balance_end(&balance, "irq handler", action->handler);
	if (ret == IRQ_WAKE_THREAD && !action->thread)
		pr_warn("IRQ %d device %s returned IRQ_WAKE_THREAD but no thread function "
			"available.",
			action->irq, action->name);
	else if (ret == IRQ_WAKE_THREAD)
		action_wake_thread(line, action);
	else if (ret != IRQ_HANDLED && ret != IRQ_NONE)
		pr_err("irq event %d: bogus return value %x\n", action->irq, ret);
}

void irq_line_interrupt(unsigned int nr)
{
	struct irq_line *line = &lines[nr];
	struct irq_action *action;
	unsigned long irq;

	if (nr >= NR_IRQS)
		return;
	irq = km_spin_lock(&line->lock);
	line->is_pending = line->actions != NULL;
	if (line->in_progress)	/* L1 */
		goto out;
	line->in_progress = true;
	while (line->is_pending && line_is_open_locked(line)) {
		line->is_pending = false;
		action = line->actions;
		km_spin_unlock(&line->lock, irq);
		for (; action; action = action->next)
			action_call(line, action);
		irq = km_spin_lock(&line->lock);
	}
	line->in_progress = false;
out:
	km_spin_unlock(&line->lock, irq);
	if (waitqueue_active(&irq_wait))
		wake_up_all(&irq_wait);
}

static void action_thread_done(struct irq_line *line, struct irq_action *action)
{
	unsigned long irq = km_spin_lock(&line->lock);

	line->threads_active--;
	if (action->flags & IRQF_ONESHOT)
		line->oneshot_active--;
	line_replay_locked(line);
	km_spin_unlock(&line->lock, irq);
	if (waitqueue_active(&irq_wait))
		wake_up_all(&irq_wait);
}

static int irq_thread(void *data)
{
	struct irq_action *action = data;
	struct irq_line *line = &lines[action->irq];
	struct balance balance;

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (READ_ONCE(action->should_run)) {
			__set_current_state(TASK_RUNNING);
			WRITE_ONCE(action->should_run, false);
			balance_begin(&balance);
			action->thread_fn(action->irq, action->dev_id);
			balance_end(&balance, "irq thread", action->thread_fn);
			action_thread_done(line, action);
		} else if (kthread_should_stop()) {
			break;
		} else {
			schedule();
		}
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/* 0 if @action may join the line; line->lock held. */
static int line_admits_locked(struct irq_line *line, const struct irq_action *action)
{
	const struct irq_action *old = line->actions;
	const unsigned long same = IRQF_TRIGGER_MASK | IRQF_ONESHOT | IRQF_PERCPU;

	if (!old)
		return 0;
	if (old->flags & action->flags & IRQF_SHARED && !((old->flags ^ action->flags) & same))
		return 0;
	return -EBUSY;
}

static int line_add(struct irq_line *line, struct irq_action *action)
{
	unsigned long irq = km_spin_lock(&line->lock);
	int ret = line_admits_locked(line, action);
	struct irq_action **link, *old = line->actions;
	bool is_first = !old;

	if (!ret) {
		if (is_first) {
			line->disable_depth = action->flags & IRQF_NO_AUTOEN ? 1 : 0;
			line->is_pending = false;
		}
		for (link = &line->actions; *link; link = &(*link)->next)
			;
		*link = action;
	}
	km_spin_unlock(&line->lock, irq);
	if (!ret && is_first)
		km_port_device(action->irq, true);	/* L3 */
	km_port_seam();
	if (ret && !(action->flags & IRQF_PROBE_SHARED))
		pr_err("Flags mismatch irq %d. %08lx (%s) vs. %08lx (%s)\n", action->irq,
		       action->flags, action->name, old->flags, old->name);
	return ret;
}

static int irq_request(const struct irq_action *wanted, uintptr_t caller, uintptr_t frame)
{
	struct irq_action *action;
	char thread_name[32];
	int ret;

	if (resource_refused("request_irq", caller, frame))
		return -ENOMEM;
	action = action_new();
	if (!action)
		return -ENOMEM;
	*action = *wanted;
	action->is_used = true;
	if (action->thread_fn) {
		scnprintf(thread_name, sizeof(thread_name), "irq/%u-%s", action->irq,
			  action->name ? action->name : "");
		action->thread = thread_start(irq_thread, action, thread_name);
		if (!action->thread) {
			action->is_used = false;
			return -ENOMEM;
		}
	}
	ret = line_add(&lines[action->irq], action);
	if (ret) {
		if (action->thread)
			thread_stop(action->thread);
		action->is_used = false;
		return ret;
	}
	resource_new("irq", action, caller, frame);
	return 0;
}

static int irq_request_checked(struct irq_action *wanted, uintptr_t caller, uintptr_t frame)
{
	context_might_sleep("request_irq", caller, frame);
	touch_text(&(const struct asker){ caller, frame }, wanted->name);
	if (wanted->irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	if (wanted->flags & IRQF_SHARED && (!wanted->dev_id || wanted->flags & IRQF_NO_AUTOEN))
		return -EINVAL;
	if (wanted->irq >= NR_IRQS)
		return -EINVAL;
	if (!wanted->handler) {
		if (!wanted->thread_fn)
			return -EINVAL;
		/* Nothing would silence the device between the interrupt and its thread. */
		if (!(wanted->flags & IRQF_ONESHOT)) {
			pr_err("Threaded irq requested with handler=NULL and !ONESHOT for %s "
			       "(irq %d)\n",
			       wanted->name, wanted->irq);
			return -EINVAL;
		}
		wanted->handler = irq_default_primary;
	}
	return irq_request(wanted, caller, frame);
}

/**
 * request_threaded_irq() - handle interrupt @irq
 * @handler:   runs in hard interrupt context; NULL: only wakes the thread (needs IRQF_ONESHOT)
 * @thread_fn: runs in a task of its own after @handler answered IRQ_WAKE_THREAD; may be NULL
 * @dev:       tells the handlers of a shared line apart; not NULL then
 * Context: task, nothing held (sleep-in-atomic).
 * Return: 0, -EINVAL, -EBUSY (the line is taken, or shared with other flags), -ENOMEM.
 */
int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long flags, const char *name, void *dev)
{
	struct irq_action wanted = {
		.handler = handler,
		.thread_fn = thread_fn,
		.flags = flags,
		.name = name,
		.dev_id = dev,
		.irq = irq,
	};

	return irq_request_checked(&wanted, WATCH_CALLER(), WATCH_FRAME());
}

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
		void *dev)
{
	struct irq_action wanted = {
		.handler = handler, .flags = flags, .name = name, .dev_id = dev, .irq = irq
	};

	return irq_request_checked(&wanted, WATCH_CALLER(), WATCH_FRAME());
}

/* The action of @dev_id out of the line; NULL if it has none. */
static struct irq_action *line_remove(struct irq_line *line, const void *dev_id)
{
	unsigned long irq = km_spin_lock(&line->lock);
	struct irq_action **link = &line->actions, *action;
	bool is_last;

	while (*link && (*link)->dev_id != dev_id)
		link = &(*link)->next;
	action = *link;
	if (action)
		*link = action->next;	/* L2 */
	is_last = action && !line->actions;
	km_spin_unlock(&line->lock, irq);
	if (is_last)
		km_port_device(line - lines, false);	/* L3 */
	km_port_seam();
	return action;
}

static bool line_is_quiet(struct irq_line *line)
{
	return !READ_ONCE(line->in_progress) && !READ_ONCE(line->threads_active);
}

static void line_wait(struct irq_line *line)
{
	/* An interrupt cannot wait for itself; that it tried has been told. */
	if (in_interrupt())
		return;
	watch_enter();
	wait_event(irq_wait, line_is_quiet(line));
	watch_leave();
}

/**
 * free_irq() - remove the handler that request_irq() put there with @dev_id, and wait until it is
 * over Context: task, nothing held (sleep-in-atomic).  Return: the name it was requested with; NULL
 * if there is none.
 */
const void *free_irq(unsigned int irq, void *dev_id)
{
	struct irq_action *action;
	const char *name;

	KERN_MIGHT_SLEEP("free_irq");
	if (irq >= NR_IRQS)
		return NULL;
	if (in_interrupt())
		pr_err("Trying to free IRQ %d from IRQ context!\n", irq);
	km_port_seam();
	action = line_remove(&lines[irq], dev_id);
	if (!action) {
		WARN(1, "Trying to free already-free IRQ %d\n", irq);
		return NULL;
	}
	line_wait(&lines[irq]);
	if (action->thread)
		thread_stop(action->thread);
	resource_gone("irq", action, WATCH_CALLER(), WATCH_FRAME());
	name = action->name;
	action->is_used = false;
	return name;
}

void disable_irq_nosync(unsigned int irq)
{
	unsigned long word;

	if (irq >= NR_IRQS)
		return;
	word = km_spin_lock(&lines[irq].lock);
	lines[irq].disable_depth++;
	km_spin_unlock(&lines[irq].lock, word);
	km_port_seam();
}

/**
 * disable_irq() - hold back interrupt @irq and wait until its handlers are over; nests
 * Context: task, nothing held (sleep-in-atomic); not the handler itself.
 */
void disable_irq(unsigned int irq)
{
	KERN_MIGHT_SLEEP("disable_irq");
	if (irq >= NR_IRQS)
		return;
	disable_irq_nosync(irq);
	line_wait(&lines[irq]);
}

bool disable_hardirq(unsigned int irq)
{
	disable_irq_nosync(irq);
	return irq < NR_IRQS && synchronize_hardirq(irq);
}

void enable_irq(unsigned int irq)
{
	struct irq_line *line = &lines[irq];
	unsigned long word;
	bool was_disabled;

	if (irq >= NR_IRQS)
		return;
	word = km_spin_lock(&line->lock);
	was_disabled = line->disable_depth > 0;
	if (was_disabled && --line->disable_depth == 0)
		line_replay_locked(line);
	km_spin_unlock(&line->lock, word);
	WARN(!was_disabled, "Unbalanced enable for IRQ %d\n", irq);
}

bool synchronize_hardirq(unsigned int irq)
{
	if (irq >= NR_IRQS)
		return true;
	while (READ_ONCE(lines[irq].in_progress))
		cpu_relax();
	return !READ_ONCE(lines[irq].threads_active);
}

void synchronize_irq(unsigned int irq)
{
	KERN_MIGHT_SLEEP("synchronize_irq");
	if (irq < NR_IRQS)
		line_wait(&lines[irq]);
}

void irq_wake_thread(unsigned int irq, void *dev_id)
{
	struct irq_action *action;

	if (irq >= NR_IRQS)
		return;
	for (action = lines[irq].actions; action; action = action->next)
		if (action->dev_id == dev_id && action->thread) {
			action_wake_thread(&lines[irq], action);
			return;
		}
}

void irq_boot(void)
{
	unsigned int nr;

	for (nr = 0; nr < NR_IRQS; nr++)
		lines[nr] = (struct irq_line){ .disable_depth = 0 };
	for (nr = 0; nr < IRQ_ACTIONS; nr++)
		action_table[nr].is_used = false;
}

/* What a module left: its handlers would run into code that is gone. */
void irq_shutdown(void)
{
	unsigned int nr;

	for (nr = 0; nr < NR_IRQS; nr++) {
		while (lines[nr].actions) {
			struct irq_action *action = line_remove(&lines[nr],
								lines[nr].actions->dev_id);

			line_wait(&lines[nr]);
			if (action->thread)
				thread_stop(action->thread);
			action->is_used = false;
		}
	}
}

unsigned int irq_left(kern_left_fn see, void *arg)
{
	unsigned int nr, count = 0;
	struct irq_action *action;

	for (nr = 0; nr < NR_IRQS; nr++)
		for (action = lines[nr].actions; action; action = action->next) {
			count++;
			see("irq", action,
			    (uintptr_t)(action->handler == irq_default_primary ? action->thread_fn
									       : action->handler),
			    action->name, arg);
		}
	return count;
}
