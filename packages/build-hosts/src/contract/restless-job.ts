/** A job whose three processes, some of which have left their parents, each append to its events until they are killed. */
export const RESTLESS = `
beat() { while :; do echo $1 >> "$2/events.jsonl"; sleep 0.02; done; }
(beat 1 "$1" &)
(trap '' TERM HUP INT; beat 2 "$1") > /dev/null 2>&1 &
beat 3 "$1"`;
