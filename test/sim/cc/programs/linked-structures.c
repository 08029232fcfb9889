#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct tree { int key; struct tree *l, *r; } tree;
static tree *insert(tree *t, int k) { if (!t) { t = calloc(1, sizeof *t); t->key = k; } else if (k < t->key) t->l = insert(t->l, k); else t->r = insert(t->r, k); return t; }
static void walk(const tree *t, int d) { if (!t) return; walk(t->l, d + 1); printf("%*s%d\n", d * 2, "", t->key); walk(t->r, d + 1); }
static void destroy(tree *t) { if (t) { destroy(t->l); destroy(t->r); free(t); } }
struct entry { char *k; int v; struct entry *next; }; static struct entry *table[8]; static unsigned hash(const char *s) { unsigned h = 5381; while (*s) h = h * 33 + (unsigned char)*s++; return h; }
static void put(const char *k, int v) { struct entry **e = &table[hash(k) % 8]; for (; *e; e = &(*e)->next) if (!strcmp((*e)->k, k)) { (*e)->v = v; return; } *e = malloc(sizeof **e); **e = (struct entry){strdup(k), v, NULL}; }
static int get(const char *k) { for (struct entry *e = table[hash(k) % 8]; e; e = e->next) if (!strcmp(e->k, k)) return e->v; return -1; }
int main(void) { int ks[] = {5, 2, 8, 1, 9, 3}; tree *t = NULL; for (int i = 0; i < 6; i++) t = insert(t, ks[i]); walk(t, 0); destroy(t); put("one", 1); put("two", 2); put("three", 3); put("one", 11); printf("%d %d %d %d %u\n", get("one"), get("two"), get("three"), get("four"), hash("hello")); return 0; }
