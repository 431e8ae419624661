#include "client/model/keys_page.h"

namespace daftar {

KeysPage BuildKeys() {
  KeysPage page;
  page.keys = {
      {"Ctrl+K, Ctrl+L", "search"},
      {"Ctrl+Shift+P", "search commands; also \">\" in the search box"},
      {"Up, Down, Enter", "while searching: choose a hit and open it"},
      {"Alt+Left, Alt+Right", "back and forward; also the thumb buttons of a mouse"},
      {"Ctrl+T, Ctrl+W, Ctrl+Shift+T", "a new tab; close it; bring it back"},
      {"Ctrl+PageUp, Ctrl+PageDown, Ctrl+1 … 9", "from tab to tab"},
      {"Ctrl and Enter or a click, the middle button", "open in a tab of its own"},
      {"Ctrl+N", "on the page of a record: add an account"},
      {"+, −, Left, Right, Home; J, K, Enter", "on a timeline: closer, further, move, show all; choose and open"},
      {"F5", "sync now"},
      {"Ctrl+Plus, Ctrl+Minus, Ctrl+0", "larger, smaller, as at first"},
      {"F8", "the page as plain text, to be read aloud or copied; and back"},
      {"F9", "light, dark, high contrast"},
      {"Tab, Space, Enter", "to the next thing, with Shift to the one before; and press it"},
      {"F6", "to the next part of the window, with Shift to the one before"},
      {"Esc", "closes one level; what is typed stays"},
      {"F1", "this list"},
  };
  page.marks = {
      {"✓", "the value that the page shows"},
      {"≠", "contradicts another account"},
      {"⊂", "more precise than the shown value, and agrees with it"},
      {"✗", "denied, or retired"},
      {"?", "alleged, or expected only"},
      {"↑", "waiting to be sent"},
      {"*", "after a date: its year was inferred by an editor"},
      {"⚠", "odd as printed; the words beside it say how"},
  };
  return page;
}

}  // namespace daftar
