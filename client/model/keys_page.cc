#include "client/model/keys_page.h"

#include "client/language/say.h"

namespace daftar {

KeysPage BuildKeys() {
  KeysPage page;
  page.keys = {
      {"Ctrl+K, Ctrl+L", Say("keys.search")},
      {"Ctrl+Shift+P", Say("keys.commands")},
      {Say("keys.choose_sign"), Say("keys.choose")},
      {Say("keys.rows_sign"), Say("keys.rows")},
      {Say("keys.look_sign"), Say("keys.look")},
      {"F7", Say("keys.side")},
      {"Ctrl+F, F3, Shift+F3", Say("keys.find")},
      {Say("keys.select_sign"), Say("keys.select")},
      {Say("keys.back_sign"), Say("keys.back")},
      {"Ctrl+T, Ctrl+W, Ctrl+Shift+T", Say("keys.tabs")},
      {"Ctrl+PageUp, Ctrl+PageDown, Ctrl+1 … 9", Say("keys.switch")},
      {Say("keys.own_tab_sign"), Say("keys.own_tab")},
      {"Ctrl+N", Say("keys.account")},
      {"Ctrl+E", Say("keys.edit")},
      {"Ctrl+Enter", Say("keys.send")},
      {"T, A, R, H, C", Say("keys.review")},
      {"1, 2", Say("keys.compare")},
      {"Ctrl+Z, Ctrl+Shift+Z", Say("keys.undo")},
      {"Ctrl+D", Say("own.key_pin")},
      {"Ctrl+H", Say("keys.history")},
      {Say("keys.timeline_sign"), Say("keys.timeline")},
      {"F5", Say("keys.sync")},
      {Say("keys.zoom_sign"), Say("keys.zoom")},
      {"F8", Say("keys.text")},
      {"F9", Say("keys.theme")},
      {Say("keys.settings_sign"), Say("keys.settings")},
      {Say("keys.next_sign"), Say("keys.next")},
      {"F6", Say("keys.part")},
      {"Esc", Say("keys.close")},
      {"F1", Say("keys.help")},
  };
  page.marks = {
      {"✓", Say("keys.mark_shown")},    {"≠", Say("keys.mark_disagrees")}, {"⊂", Say("keys.mark_finer")},
      {"✗", Say("keys.mark_denied")},   {"?", Say("keys.mark_alleged")},   {"↑", Say("keys.mark_pending")},
      {"*", Say("keys.mark_inferred")}, {"⚠", Say("keys.mark_odd")},
  };
  return page;
}

}  // namespace daftar
