// The text with which a new lesson begins. It has one of everything, and all of it holds: a check finds it right.
import type { CourseLanguage } from './lesson-files.ts'

/** The words of a skeleton; its cells are the same in all languages. */
interface Words {
  title: string
  summary: string
  objectives: readonly string[]
  recall: string
  recallOptions: string
  recallWhy: string
  idea: string
  note: string
  turn: string
  guess: string
  guessOptions: string
  guessWhy: string
  articles: string
  task: string
  taskText: string
  missing: string
  reached: string
  hint: string
  readOn: string
}

const words: Readonly<Record<CourseLanguage, Words>> = {
  en: {
    title: 'What the lesson is called',
    summary: 'One sentence that makes one want to know.',
    objectives: ['what one can do after it', 'and one thing more'],
    recall: 'A question about an earlier lesson. There are three of them.',
    recallOptions: '[a wrong answer, the right answer]',
    recallWhy: 'The reason, in a sentence.',
    idea: 'One idea, in a few short sentences. Then a cell that shows it.',
    note: 'What this line says.',
    turn: 'The turning point',
    guess: 'What will the next cell print?',
    guessOptions: '["`exited`", "`running`"]',
    guessWhy: 'And why.',
    articles: '**Many articles say:** what is wrong. Try it.',
    task: 'Try it',
    taskText: 'Say what to reach, not how: a container `goal` that runs.',
    missing: 'There is no running container goal.',
    reached: 'It runs.',
    hint: 'A step on the way, not the way.',
    readOn: 'Read on',
  },
  ru: {
    title: 'Как называется урок',
    summary: 'Одно предложение, после которого хочется узнать.',
    objectives: ['что можно уметь после него', 'и ещё одно'],
    recall: 'Вопрос по одному из прежних уроков. Всего их три.',
    recallOptions: '[неверный ответ, верный ответ]',
    recallWhy: 'Причина, одним предложением.',
    idea: 'Одна мысль, несколько коротких предложений. Потом ячейка, которая её показывает.',
    note: 'О чём говорит эта строка.',
    turn: 'Поворот',
    guess: 'Что напечатает следующая ячейка?',
    guessOptions: '["`exited`", "`running`"]',
    guessWhy: 'И почему.',
    articles: '**Во многих статьях сказано:** то, что неверно. Попробуем.',
    task: 'Задание',
    taskText: 'Скажите, чего достичь, а не как: контейнер `goal` работает.',
    missing: 'Нет работающего контейнера goal.',
    reached: 'Работает.',
    hint: 'Шаг на пути, а не весь путь.',
    readOn: 'Что почитать',
  },
}

/** @param slug the lesson's name without its number; its first container is called so */
export function lessonSkeleton(language: CourseLanguage, slug: string): string {
  const say = words[language]
  const container = slug.length > 1 && slug !== 'goal' ? slug : `${slug}-1`
  return `---
title: "${say.title}"
summary: ${say.summary}
minutes: 10
needs: [docker]
creates: [container/${container}, container/goal]
objectives:
${say.objectives.map((objective) => `  - ${objective}`).join('\n')}
---

# ${say.title}

\`\`\`quiz { name=recall-1 ignore=true }
ask: ${say.recall}
options: ${say.recallOptions}
right: 2
why: ${say.recallWhy}
\`\`\`

${say.idea}

\`\`\`sh { name=start }
docker run -d --name ${container} alpine sleep 1000
\`\`\`

\`\`\`text { output=start ignore=true }
<id:${container}>      # (1)
\`\`\`

1. ${say.note}

## ${say.turn}

\`\`\`quiz { name=guess-state before=state ignore=true }
ask: ${say.guess}
options: ${say.guessOptions}
right: 2
why: ${say.guessWhy}
\`\`\`

\`\`\`sh { name=state after=start }
docker inspect -f '{{.State.Status}}' ${container}
\`\`\`

\`\`\`text { output=state ignore=true }
running
\`\`\`

> ${say.articles}

## ${say.task}

${say.taskText}

\`\`\`sh { name=check-goal check }
[ "$(docker inspect -f '{{.State.Running}}' goal 2> /dev/null)" = true ] || { echo '${say.missing}'; exit 1; }
echo '${say.reached}'
\`\`\`

\`\`\`hint { for=check-goal ignore=true }
${say.hint}
\`\`\`

\`\`\`sh { name=solve-goal solution=check-goal }
docker run -d --name goal alpine sleep 1000
\`\`\`

## ${say.readOn}

- [pid_namespaces(7)](https://man7.org/linux/man-pages/man7/pid_namespaces.7.html)
`
}
