import { expectLinear } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { scriptFault } from "./script-fault.js";

/** The text from the place of the fault, up to four characters of it, and the message. */
function faultIn(script: string): string | undefined {
  const fault = scriptFault(script);
  return fault && `${script.slice(fault.offset).slice(0, 4)} | ${fault.message}${fault.help === undefined ? "" : ` - ${fault.help}`}`;
}

describe("what PowerShell reads", () => {
  test.each([
    ["nothing", ""],
    ["blocks and hashes", "if ($a) { @{ a = @(1, 2); b = { $_ } } }"],
    ["brackets in strings", `Write-Host '(' "{" '[' "a ) b"`],
    ["quotes in quotes", `'it''s' + "say ""hi""" + "it's" + '"'`],
    ["typographic quotes", "“a ( b” + ‘c ) d” e’ + „f {“"],
    ["escapes", 'Write-Host `( `" `\' "a `" ( b" C:\\Program` Files'],
    ["an escaped line end", "Get-Item `\n  [a-z`\r\n  [b"],
    ["comments", "# it's (\nGet-Date # {\n<# ' ( \" \n # #> (1)"],
    ["a word with a number sign", "Write-Host C#\nWrite-Host a#b c"],
    ["a here-string", "$a = @'\nit's ( \"\n '@\n'@ + 'x'"],
    ["a here-string with code", '$a = @"\n( " $(if ($x) { \')\' } else { "(" }) `$(\n"@\n'],
    ["an empty here-string", "@'\n'@; @\"  \r\n\"@"],
    ["a here-string that is assigned at once", "$a=@'\nit's (\n'@\n$b.c += @'\n'@; $env:d+=@'\n'\n'@"],
    ["a here-string behind a cast", '$xml=[xml]@"\n<a>" (</a>\n"@\n$b = [string[]]@"\n"\n"@'],
    ["a here-string behind a plus sign", "$a = $b +@'\nit's\n'@\n$a+@'\nit's\n'@"],
    ["a here-string behind a comma", "$a = 1,@'\nit's (\n'@,@'\n'\n'@"],
    ["a here-string behind a parenthesis", "f(@'\nit's (\n'@)"],
    ["a here-string behind other operators", "if (!@'\nit's\n'@) {}\n$a -join@'\nit's\n'@"],
    ["an at sign in a word", `mail user@"example.com" @args`],
    ["code in a string", '"$(Get-Date) $($a.b(1)) $(if ($x) { "y" })"'],
    ["code in code in a string", `"$(Write-Output "$(Get-Date -Format 'HH (z)')")"`],
    ["braces in the names of variables", `\${env:ProgramFiles(x86)} + "\${env:ProgramFiles(x86)}\\a"`],
    ["variables that are signs", "$? ; $$ ; $^ ; $_.a ; $(1)"],
    ["types and indexes", "[int[]]$a = $b[0][1]; ([string]::Join(',', $a))\n[void]($x[($y)])"],
    ["wildcards", "dir [a-z, *] foo[ bar]\ndir a,\n  [b"],
    ["a class of characters in a pattern", `'a' -match '[(]' -replace "[)']", ''`],
    ["what is passed on as it is", 'icacls --% C:\\a /grant "x:(F\nGet-Date'],
    ["a reference", "Install -Path {{ Path }} '{{ a }}' \"{{ b.c[0] }}\""],
    ["references without blanks", "if ('{{A}}' -eq \"x{{loop.value}}\") { {{B}} }"],
    ["braces in braces", "& {{ 1 }}"],
  ])("%s", (_, script) => {
    expect(faultIn(script)).toBeUndefined();
  });
});

describe("what PowerShell does not read", () => {
  test.each([
    ["a block that is not closed", "if ($a) {\n  Get-Date\n", '{\n   | the "{" in line 1 of the script is not closed'],
    ["a bracket that closes nothing", "Get-Date\n}", '} | the "}" in line 2 of the script closes nothing that is open'],
    ["brackets that are crossed", "if (\n  $a { )", ') | the ")" in line 2 of the script cannot close the "{" in line 2 of the script'],
    ["an array", "$a = @(1, 2\n", '(1,  | the "(" in line 1 of the script is not closed'],
    ["an index", "($a[0)", ') | the ")" in line 1 of the script cannot close the "[" in line 1 of the script'],
    ["a type", "Get-Date\n[int $a = 1", '[int | the "[" in line 2 of the script is not closed'],
    ["a string", "Get-Date\nWrite-Host 'a", "'a | the string that begins with ' in line 2 of the script is not closed"],
    ["a string with code", 'Write-Host "a $(1) `"', '"a $ | the string that begins with " in line 1 of the script is not closed'],
    ["a typographic quote", "Write-Host “a", "“a | the string that begins with “ in line 1 of the script is not closed"],
    [
      "an apostrophe",
      "Write-Host don't",
      "'t | the string that begins with ' in line 1 of the script is not closed - put a text that has an apostrophe in it between double quotes",
    ],
    ["code in a string", '"a $(Get-Date"', '$(Ge | the "$(" in a string in line 1 of the script is not closed'],
    [
      "brackets that are crossed in code in a string",
      '"$(if (1) { 2 )"',
      ')" | the ")" in line 1 of the script cannot close the "{" in line 1 of the script',
    ],
    ["a comment", "Get-Date\n<# a", "<# a | the comment that begins with <# in line 2 of the script is not closed"],
    ["a here-string", '@"\na\n', '@"\na | the text that begins with @" in line 1 of the script is not closed'],
    [
      "a here-string whose end is indented",
      "$a = @'\n  a\n  '@",
      "@'\n  | the text that begins with @' in line 1 of the script is not closed - '@ ends it only at the beginning of a line",
    ],
    [
      "what follows a here-string that is assigned at once",
      "$a=@'\nit's\n'@\n}",
      '} | the "}" in line 4 of the script closes nothing that is open',
    ],
    ["what follows one behind a cast", '$a=[xml]@"\n"\n"@\n}', '} | the "}" in line 4 of the script closes nothing that is open'],
    ["a here-string in one line", "@'a'@", "a'@ | the text after @' in line 1 of the script must begin on the next line"],
    ["a reference does not hide it", "Write-Host '{{ a }}'\nif ({{ b }} { 1 }", '({{  | the "(" in line 2 of the script is not closed'],
  ])("%s", (_, script, expected) => {
    expect(faultIn(script)).toBe(expected);
  });
});

test.each([
  ["a reference that is a statement", "{{ Begin }}\n}"],
  ["a comment sign after a word", "echo a#'\n}"],
  ["the rest of a line for a program, with a pipe", "icacls --% ( | more\n}"],
  ["parentheses of code in a string that its strings have too", '"$(echo ")")"; }'],
  ["a text behind an operator or in a word", "$a+@'\nit's\n'@\n}"],
  ["a name of a variable with a line end", '"${a\n"; }'],
])("nothing is certain with %s", (_, script) => {
  expect(faultIn(script)).toBeUndefined();
});

/** Scripts that PowerShell reads, made of all that can be nested. */
const { script: soundScript } = fc.letrec<{ script: string; part: string; inString: string }>((tie) => ({
  script: fc.array(tie("part"), { maxLength: 4 }).map((parts) => parts.join("\n")),
  inString: fc
    .array(
      fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom("a", " ", "'", '""', '`"', "`$", "$x", "{", ")", "(", "#", "{{ Name }}", "${env:a(b)}", "\n"),
        fc.constantFrom("$(Get-Date)", "$($x.y(1))", "$($x | % { $_ })"),
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join("")),
  part: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom("Get-Date", "$x = 1", "", "# it's {", "<# ( ' #>", "dir [a", "--%", "$x[0]", "a -b {{ Name }}"),
    fc.constantFrom("'it''s ('", "@'\n' ( @\n'@", "'{{ Name }}'", "‘a’"),
    tie("inString").map((text) => `Write-Host "${text}"`),
    tie("inString").map((text) => `$y = @"\n${text} "\n"@`),
    tie("script").map((text) => `if ($x) {\n${text}\n}`),
    tie("script").map((text) => `$z = @(\n${text}\n)`),
    tie("script").map((text) => `$h = @{ a = $(\n${text}\n) }`),
    tie("script").map((text) => `$h[(\n${text}\n)] = 1`),
  ),
}));

describe("properties", () => {
  test("a sound script has no fault, and no fault of any text is outside of it", () => {
    fc.assert(
      fc.property(soundScript, fc.string({ unit: fc.constantFrom(..."({[]})'\"`$@#<>a \n-%,"), maxLength: 40 }), (sound, text) => {
        expect(faultIn(sound)).toBeUndefined();
        const fault = scriptFault(text);
        expect(fault === undefined || (fault.offset >= 0 && fault.offset < text.length)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(["{", "(", "@(", "& {", "if ($a) {", "'", '"', "@'\n", "<# "])("%j at the end of a sound script is a fault", (opening) => {
    fc.assert(
      fc.property(soundScript, (sound) => {
        expect(scriptFault(`${sound}\n${opening}`)).toMatchObject({ offset: expect.any(Number) });
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["brackets", (n: number) => "$a[(".repeat(n)],
    ["words", (n: number) => "a#b[c ".repeat(n)],
    ["strings with code", (n: number) => '"$(1) ${a} `n" '.repeat(n)],
    ["code in strings that is not closed", (n: number) => '"$('.repeat(n)],
    ["here-strings", (n: number) => '@"\n`$( \n"@\n'.repeat(n)],
    ["references", (n: number) => "a {{ b }} {{ ".repeat(n)],
  ])("the time grows with the length of %s", async (_, make) => {
    await expectLinear(2000, make, (script) => scriptFault(script));
  });
});
