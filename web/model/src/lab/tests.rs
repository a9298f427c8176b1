mod cards;
mod explained;
mod view;
