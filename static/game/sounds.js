/** A short, quiet tone; nothing where the profile does not ask for sounds or the browser will not play. */

/** @type {AudioContext | undefined} */
let audio;

/** @param {number} pitch in hertz */
export function chime(pitch) {
  if (document.documentElement.dataset.sounds !== "on") return;
  try {
    audio ??= new AudioContext();
    const { currentTime: now, destination } = audio;
    const tone = new OscillatorNode(audio, { frequency: pitch, type: "triangle" });
    const volume = new GainNode(audio, { gain: 0.08 });
    volume.gain.setTargetAtTime(0, now, 0.06);
    tone.connect(volume).connect(destination);
    tone.start(now);
    tone.stop(now + 0.4);
  } catch {
    // No audio device.
  }
}
