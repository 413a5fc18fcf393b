// Reads the one JSON object of `npm start -- --once --json` from standard input and holds it to what the README promises.
let text = '';
for await (const chunk of process.stdin) text += chunk;
const report = JSON.parse(text);
const promises = {
  'at least 150 deliveries': report.deliveries >= 150,
  'no errors': report.errors === 0,
  'duplicates seen and ignored': report.duplicates > 0 && report.accepted + report.duplicates === report.deliveries,
  'something labelled': report.labelled > 0,
  'something answered': report.answered > 0,
  'something left alone': report.abstained > 0,
  'clocks running': report.slaClocks > 0,
};
const broken = Object.keys(promises).filter((name) => !promises[name]);
process.stdout.write(`${JSON.stringify(report)}\n`);
if (broken.length > 0) {
  process.stderr.write(`the main job broke its promise: ${broken.join('; ')}\n`);
  process.exit(1);
}
