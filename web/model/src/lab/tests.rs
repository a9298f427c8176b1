mod cards;
mod explained;
