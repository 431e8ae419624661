// A form that is being filled in, as it stands on the screen, and what is wished of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/forms/bulk_form.h"
#include "client/forms/open_form.h"
#include "client/map/mercator.h"
#include "client/model/row.h"

namespace daftar::ui {

struct PassageScreen;  // passage_screen.h

struct EditorScreen {
  forms::OpenForm open;
  int generation = 0;                         // another number: texts were replaced from outside
  bool fresh = true;                          // the next frame puts the keyboard into the first field and clears this
  forms::Node focus = 0;                      // the next frame puts the keyboard there and clears this
  bool asked = false;                         // it was to be sent: everything that is wrong is shown
  bool busy = false;                          // on its way
  bool all = false;                           // fields that are asked for rarely are shown
  std::string state;                          // "kept at 12:03:05"; why it is not
  std::string failure;                        // why it could not be sent; empty: it was not tried, or it could be
  forms::Node completing = 0;                 // field for which there are suggestions
  std::vector<PageLink> suggestions;          // records that complete what is typed there
  std::set<forms::Node> folded;               // items that are shown as one line
  std::set<forms::Node> opened;               // lines of grids of which all fields are shown
  std::set<forms::Node> wanted;               // rare fields that were asked for
  std::shared_ptr<PassageScreen> passage;     // that is being read into an account; nullptr: none was yet
  std::optional<forms::BulkPreview> preview;  // of a form of many records; nullopt: nothing was looked at yet
  // What was looked at is what would be sent.
  bool shows_preview() const { return preview && preview->state == forms::StateOf(open); }
  bool show_preview = false;  // the next frame scrolls there and clears this
  bool dropping = false;      // whether it is to be thrown away is being asked
};

// What the reader asks for of a form. One thread.
class FormWishes {
 public:
  virtual ~FormWishes() = default;
  // A form is begun, kept, and opened.
  virtual void BeginForm(const forms::Wish& wish) = 0;
  // The text of a field, or its items, or the reason (0), have changed.
  virtual void FormTyped(forms::Node field) = 0;
  // The passage that is being read is another: asks for words of it that look like values.
  virtual void FormPassage() = 0;
  // Asks for records that complete what is typed in the field.
  virtual void FormComplete(forms::Node field) = 0;
  // A point is to be chosen on the map for the field; it was; it is not to be any more.
  virtual void PickOnMap(forms::Node field) = 0;
  virtual void PickedOnMap(LatLon at) = 0;
  virtual void GiveUpPicking() = 0;
  // Looks for what is wrong, and tells all of it.
  virtual void CheckForm() = 0;
  // Looks for what a form of many records would change.
  virtual void PreviewBulk() = 0;
  // Puts it into the outbox if nothing is wrong. One of many records that was not looked at as it is: looks first.
  virtual void SendForm() = 0;
  // It and what is typed in it go.
  virtual void DropForm() = 0;
  // One step back or forward.
  virtual void UndoForm(bool redo) = 0;
  // Keeps it now.
  virtual void KeepForm() = 0;
};

}  // namespace daftar::ui
