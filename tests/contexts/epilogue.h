/* SPDX-License-Identifier: MIT */
/* epilogue.h - calls each of rows[] in its context, and undoes it in task context */

static const struct row *t_row;

static void t_call_hard(struct irq_work *work)
{
	t_row->call();
}

static void t_call_soft(struct tasklet_struct *tasklet)
{
	t_row->call();
}

static struct irq_work t_hard = IRQ_WORK_INIT(t_call_hard);
static DECLARE_TASKLET(t_soft, t_call_soft);

static void t_call(const struct row *row)
{
	t_row = row;
	if (row->where == 'h') {
		irq_work_queue(&t_hard);
		irq_work_sync(&t_hard);
	} else if (row->where == 's') {
		local_bh_disable();
		tasklet_schedule(&t_soft);
		local_bh_enable();
		tasklet_kill(&t_soft);
	} else {
		row->call();
	}
	row->undo();
}

static int __init calls_init(void)
{
	int last = -1;

	t_setup();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		t_turn = rows[i].turn;
		if (t_turn > last) {
			t_spares(t_turn);
			last = t_turn;
		}
		if (!t_gen)
			t_gen = gen_pool_create(3, -1);
		if (t_shrinker == NULL)
			t_count++;
		t_call(&rows[i]);
	}
	for (; last >= 0; last--)
		t_spares_end(last);
	return 0;
}

static void __exit calls_exit(void)
{
	t_clean();
}

module_init(calls_init);
module_exit(calls_exit);
MODULE_LICENSE("GPL");
