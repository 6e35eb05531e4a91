/** Answers the bench's questions about this process: how much processor time it has used, in microseconds. */
export function answerQuestions(): void {
  process.on('message', (question) => {
    if (question === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage().rss });
    }
    if (question === 'stop') process.exit(0);
  });
}

/** Tells the bench that the bot takes connections. */
export function reportPort(port: number): void {
  process.send?.({ port });
}
