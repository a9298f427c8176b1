use crate::Model;
use crate::class::ClassView;
use crate::menu::HelpView;

impl Model {
    /// Returns what the menu `?` shows while it is open.
    #[must_use]
    pub fn help_view(&self) -> Option<HelpView> {
        let info = self.bridge.info();
        self.menus.help_view(info, || ClassView::new(&self.reader(), info, self.copied.as_deref()))
    }
}
