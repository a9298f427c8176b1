mod cards;
mod explained;
mod page;
mod view;
