mod cards;
mod explained;
mod page;
