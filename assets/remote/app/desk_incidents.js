// Incidents that run, the nearest first once the tablet knows where it is: that stays on the tablet.

import { h, severityMark } from "./dom.js";
import { age, said, word } from "./words.js";

const EARTH_KM = 6371;

function distance_km([lat, lon], [toLat, toLon]) {
  const rad = Math.PI / 180;
  const rise = Math.sin(((toLat - lat) * rad) / 2) ** 2;
  const turn = Math.sin(((toLon - lon) * rad) / 2) ** 2;
  const share = rise + Math.cos(lat * rad) * Math.cos(toLat * rad) * turn;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(share));
}

// The incidents as [incident, kilometres or null]. Without a place: those of my district and of my
// department first, as the wall ranks them.
export function nearest(incidents, { at, district, office }) {
  const far = (one) => (at && one.at ? distance_km(at, one.at) : null);
  const mine = (one) => (district && one.district === district) || (office && one.office === office);
  const pairs = incidents.map((one) => [one, far(one)]);
  if (at) return pairs.sort(([, a], [, b]) => (a ?? Infinity) - (b ?? Infinity));
  return [...pairs.filter(([one]) => mine(one)), ...pairs.filter(([one]) => !mine(one))];
}

function facts(incident, km) {
  const told = [word(`severity_${incident.severity}`), said(incident.where), age(Date.now() - incident.t_ms)];
  if (km !== null) told.push(word("km_away", { n: km < 10 ? km.toFixed(1) : Math.round(km) }));
  return told.filter(Boolean).join(", ");
}

function tag(incident) {
  return incident.simulated ? h("span", { class: "tag" }, word("simulated")) : null;
}

export function incidentRow([incident, km], { chosen, open }) {
  return h(
    "button",
    { class: chosen ? "row chosen" : "row", "data-incident": incident.id, onclick: open },
    severityMark(incident.severity, ""),
    h("span", { class: "text" }, h("b", {}, said(incident.headline)), h("span", {}, facts(incident, km), " ", tag(incident))),
  );
}

export function incidentDetail(app, [incident, km], { compose }) {
  const about = `incidents/${incident.id}`;
  const body = [
    h(
      "div",
      { class: "order-title" },
      h("h2", {}, said(incident.headline)),
      h("p", { class: "note" }, facts(incident, km), " ", tag(incident)),
      said(incident.charged) ? h("p", { class: "note" }, word("in_charge", { who: said(incident.charged) })) : null,
    ),
  ];
  const acts = [];
  if (app.gives) {
    acts.push(h("button", { class: "primary", id: "order-incident", onclick: () => compose({ about, to: incident.office }) }, word("give_order")));
    acts.push(h("button", { class: "plain", onclick: () => compose({ about, to: incident.office, ready: "brief", due: "today" }) }, word("ask_report")));
  }
  const show = () => app.act("incident.open", { incident: incident.id });
  acts.push(h("button", { class: "plain", "data-press": true, onclick: show }, word("on_the_wall")));
  const call = app.callButton?.({ office: incident.office, about: said(incident.headline) });
  if (call) acts.push(call);
  return { body, acts };
}
