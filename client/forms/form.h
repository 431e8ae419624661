// A record as somebody fills it in: a tree of fields with the text that is typed in each, which is kept whether it can
// be read or not. Undo and redo. Knows no store and no screen; one thread; a value, copied with all that is typed.
//
// A form stands on a *base*: the record as it was when the form was opened, or nothing. What nobody touches stays as
// the base has it, byte for byte, also what this program does not know; what is typed is read when the record is built
// (build.h). A field is found by its number, which it keeps as long as the form lives, or by its path, by JSON's names:
// "accounts[0].killed[1].figure". Items that were taken out have no path, and come back with Undo.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/forms/field_spec.h"

namespace daftar::forms {

// Number of a field or item of a form; 0: none.
using Node = uint32_t;

// How much a form holds at most; what is more is not taken.
inline constexpr size_t kMostNodes = 400'000;
inline constexpr size_t kMostUndoBytes = 8 << 20;
inline constexpr int64_t kTypingPauseMs = 1000;  // what is typed without such a pause is undone at once

struct Field {
  const FieldSpec* spec = nullptr;
  Node item = 0;                      // that it belongs to
  std::string text;                   // as typed; of a code its constant, of a flag "yes" or nothing
  std::string base_text;              // as the base has it
  std::vector<Node> items;            // of a list, those taken out too; of a single group exactly one
  std::vector<std::string> problems;  // filled by Check (check.h): it may not be sent so
  std::vector<std::string> warnings;  // filled by Check: a codebook would question it
  std::string understood;             // what the text is read as, in the reader's words; empty: nothing to say
};

struct Item {
  const GroupSpec* spec = nullptr;
  Node field = 0;       // that it is an item of; 0: the record itself
  uint32_t origin = 0;  // which item of the base, from 1; 0: it is new
  bool removed = false;
  std::vector<Node> fields;  // in the order of the spec
};

class Form {
 public:
  // An empty form of a kind; lists are empty, single groups are there.
  explicit Form(std::string kind_word);

  const std::string& kind() const { return kind_; }
  // The record itself.
  static constexpr Node kRecord = 1;

  // REQUIRES: the number of a field, of an item.
  const Field& field(Node node) const { return fields_[nodes_[node].at]; }
  const Item& item(Node node) const { return items_[nodes_[node].at]; }
  bool is_item(Node node) const { return nodes_[node].is_item; }
  // The field of that name in the item; 0 if there is none.
  Node FieldOf(Node item, std::string_view name) const;
  // The only item of a single group; of a list its item with that number among those that are not taken out; 0: none.
  Node ItemOf(Node field, size_t number = 0) const;
  // The items of a list that are not taken out.
  std::vector<Node> ItemsOf(Node field) const;
  // "accounts[0].date" leads to the field "date" of the date, as people mean it; 0: there is no such field. An item
  // where the path ends with [n].
  Node Find(std::string_view path) const;
  // "accounts[0].killed[1].figure"; of a head its group: "accounts[0].date". Empty for the record, and for what is
  // taken out.
  std::string PathOf(Node node) const;
  // A field of whatever sort says something: has text, or an item that is not taken out and says something.
  bool IsFilled(Node field) const;

  // Changes. Each can be undone. `now_ms`: on a clock that never goes back.
  void SetText(Node field, std::string text, int64_t now_ms);
  // Puts an empty item behind the others; 0 if the form is full. REQUIRES: a list.
  Node AddItem(Node field, int64_t now_ms);
  void RemoveItem(Node item, int64_t now_ms);
  // The changes made between these two are undone at once.
  void BeginTogether() { ++together_; }
  void EndTogether();

  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }
  // The field or item that is another now.
  Node Undo();
  Node Redo();
  // Counts every change, undone ones too: whether there is something to keep.
  uint64_t changes() const { return changes_; }
  // Something differs from the base.
  bool touched() const { return IsTouched(kRecord); }
  bool IsTouched(Node item) const;

  // For those who fill a form from a record or a kept draft: nothing of it can be undone.
  void Load(Node field, std::string base_text);
  void Type(Node field, std::string text) { fields_[nodes_[field].at].text = std::move(text); }
  Node LoadItem(Node field, uint32_t origin, bool removed);
  void LoadRemoved(Node item) { items_[nodes_[item].at].removed = true; }
  // For those who check: what is wrong, and what is understood.
  Field& said(Node field) { return fields_[nodes_[field].at]; }
  std::vector<std::string>& problems() { return problems_; }
  const std::vector<std::string>& problems() const { return problems_; }
  // Every field that is not taken out, in the order of the form.
  std::vector<Node> AllFields() const;
  size_t size() const { return nodes_.size(); }

 private:
  struct Place {
    bool is_item = false;
    uint32_t at = 0;
  };
  struct Change {
    enum class Sort { kText, kRemoved } sort = Sort::kText;
    Node node = 0;
    std::string before, after;     // of kText
    bool was = false, is = false;  // of kRemoved
    int64_t at_ms = 0;
    bool with_last = false;  // undone together with the one before it
  };

  Node MakeItem(const GroupSpec& spec, Node field);
  Node MakeField(const FieldSpec& spec, Node item);

  void Note(Change change);
  void Apply(const Change& change, bool forward);
  void Collect(Node item, std::vector<Node>& fields) const;

  std::string kind_;
  std::vector<Place> nodes_;
  std::vector<Field> fields_;
  std::vector<Item> items_;
  std::vector<Change> undo_, redo_;
  size_t undo_bytes_ = 0;
  int together_ = 0;
  bool together_begun_ = false;  // something was changed since BeginTogether
  uint64_t changes_ = 0;
  std::vector<std::string> problems_;  // of no field in particular
};

}  // namespace daftar::forms
