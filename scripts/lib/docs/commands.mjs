/**
 * The command line as a page shows it: every command with what its help says.
 * @param {readonly object[]} commands the table of commands
 * @param {(command: object) => string[]} commandHelp the lines of a command's help
 */
export function commandParts(commands, commandHelp) {
  return {
    commands: commands
      .map(({ name, summary }) => `- [\`pabal ${name}\`](#pabal-${name}): ${summary}`)
      .join('\n'),
    'command-help': commands.map((command) => section(command, commandHelp)).join('\n\n'),
  };
}

function section(command, commandHelp) {
  const heading = `### pabal ${command.name}`;
  // Its words are its own: help and all.
  if (command.raw)
    return `${heading}\n\n${capital(command.summary)}. \`pabal ${command.name} --help\` lists its flags.`;
  return `${heading}\n\n\`\`\`text\n${commandHelp(command).join('\n')}\n\`\`\``;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
