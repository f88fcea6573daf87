/** Short, quiet tones; nothing where the profile does not ask for sounds or the browser will not play. */

/** From one tone to the next, in seconds. */
const APART = 0.11;

/** @type {AudioContext | undefined} */
let audio;

/** @param {number[]} pitches in hertz, one after the other */
export function chime(...pitches) {
  if (document.documentElement.dataset.sounds !== "on") return;
  try {
    audio ??= new AudioContext();
    const { currentTime: now, destination } = audio;
    for (const [place, frequency] of pitches.entries()) {
      const start = now + place * APART;
      const tone = new OscillatorNode(audio, { frequency, type: "triangle" });
      const volume = new GainNode(audio, { gain: 0.08 });
      volume.gain.setTargetAtTime(0, start, 0.06);
      tone.connect(volume).connect(destination);
      tone.start(start);
      tone.stop(start + 0.4);
    }
  } catch {
    // No audio device.
  }
}
