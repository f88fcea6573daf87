/** The theme and the contrast of the profile, before anything is drawn: Django's pages leave no other place for them. */

Object.assign(document.documentElement.dataset, { ...document.currentScript?.dataset });
