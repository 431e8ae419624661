#include "client/forms/form.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace daftar::forms {
namespace {

// Whether a field without items of its own holds the text.
bool HoldsText(const FieldSpec& spec) { return !spec.list && spec.type != FieldType::kGroup; }

// "accounts[2]" is "accounts" and 2.
struct Step {
  std::string_view name;
  std::optional<size_t> number;
};

std::optional<Step> StepOf(std::string_view text) {
  const size_t open = text.find('[');
  if (open == std::string_view::npos) return Step{text, std::nullopt};
  if (text.back() != ']') return std::nullopt;
  const std::string_view digits = text.substr(open + 1, text.size() - open - 2);
  size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return Step{text.substr(0, open), number};
}

}  // namespace

Form::Form(std::string kind_word) : kind_(std::move(kind_word)) {
  nodes_.resize(1);  // 0 is none
  MakeItem(SpecOf(kind_), 0);
}

Node Form::MakeItem(const GroupSpec& spec, Node field) {
  const Node node = static_cast<Node>(nodes_.size());
  nodes_.push_back({true, static_cast<uint32_t>(items_.size())});
  items_.push_back({&spec, field, 0, false, {}});
  std::vector<Node> fields;
  for (const FieldSpec& one : spec.fields) fields.push_back(MakeField(one, node));
  items_[nodes_[node].at].fields = std::move(fields);
  return node;
}

Node Form::MakeField(const FieldSpec& spec, Node item) {
  const Node node = static_cast<Node>(nodes_.size());
  nodes_.push_back({false, static_cast<uint32_t>(fields_.size())});
  Field field;
  field.spec = &spec;
  field.item = item;
  if (spec.type == FieldType::kCode && !spec.list && !spec.codes.empty())
    field.text = field.base_text = spec.codes.front();
  fields_.push_back(std::move(field));
  const uint32_t at = nodes_[node].at;
  if (!spec.list && spec.type == FieldType::kGroup) {
    const Node only = MakeItem(*spec.group, node);
    fields_[at].items.push_back(only);
  }
  return node;
}

Node Form::FieldOf(Node of, std::string_view name) const {
  for (const Node node : item(of).fields) {
    const FieldSpec& spec = *field(node).spec;
    if (spec.name == name || (item(of).spec->Find(name) == &spec)) return node;
  }
  return 0;
}

std::vector<Node> Form::ItemsOf(Node of) const {
  std::vector<Node> there;
  for (const Node node : field(of).items) {
    if (!item(node).removed) there.push_back(node);
  }
  return there;
}

Node Form::ItemOf(Node of, size_t number) const {
  for (const Node node : field(of).items) {
    if (!item(node).removed && number-- == 0) return node;
  }
  return 0;
}

Node Form::Find(std::string_view path) const {
  Node at = kRecord;
  while (true) {
    const size_t dot = path.find('.');
    const std::optional<Step> step = StepOf(path.substr(0, dot));
    if (!step) return 0;
    const Node found = FieldOf(at, step->name);
    if (found == 0) return 0;
    const FieldSpec& spec = *field(found).spec;
    if (step->number && !spec.list) return 0;
    const bool last = dot == std::string_view::npos;
    if (spec.list && !step->number) return last ? found : 0;
    if (HoldsText(spec)) return last ? found : 0;
    at = ItemOf(found, step->number.value_or(0));
    if (at == 0) return 0;
    if (last) {
      // A message with a head means its head; an item of single values its only field.
      const Item& item = this->item(at);
      const Field& first = field(item.fields.front());
      return first.spec->field == nullptr || first.spec->name.empty() ? item.fields.front() : spec.list ? at : found;
    }
    path.remove_prefix(dot + 1);
  }
}

std::string Form::PathOf(Node node) const {
  if (is_item(node)) {
    const Item& item = this->item(node);
    if (item.field == 0 || item.removed) return "";
    const Field& list = field(item.field);
    const std::string path = PathOf(item.field);
    if (path.empty() || !list.spec->list) return path;
    size_t number = 0;
    for (const Node other : list.items) {
      if (other == node) break;
      number += this->item(other).removed ? 0 : 1;
    }
    return path + "[" + std::to_string(number) + "]";
  }
  const Field& field = this->field(node);
  const std::string path = PathOf(field.item);
  if (path.empty() && field.item != kRecord) return "";
  if (field.spec->field == nullptr || field.spec->name.empty()) return path;
  return path.empty() ? field.spec->name : path + "." + field.spec->name;
}

bool Form::IsFilled(Node node) const {
  const Field& field = this->field(node);
  if (HoldsText(*field.spec)) {
    const bool nothing = field.text.empty() || (field.spec->type == FieldType::kCode &&
                                                field.text == field.spec->codes.front() && !field.spec->name.empty());
    return !nothing;
  }
  return std::any_of(field.items.begin(), field.items.end(), [&](Node of) {
    const Item& item = this->item(of);
    return !item.removed && (field.spec->list || std::any_of(item.fields.begin(), item.fields.end(),
                                                             [&](Node one) { return IsFilled(one); }));
  });
}

void Form::SetText(Node node, std::string text, int64_t now_ms) {
  Field& field = fields_[nodes_[node].at];
  if (field.text == text) return;
  Change change{Change::Sort::kText, node, field.text, text, false, false, now_ms, false};
  field.text = std::move(text);
  field.problems.clear();
  ++changes_;
  redo_.clear();
  // Typing goes on.
  const bool goes_on = !undo_.empty() && undo_.back().sort == Change::Sort::kText && undo_.back().node == node &&
                       now_ms - undo_.back().at_ms < kTypingPauseMs && together_ == 0;
  if (goes_on) {
    undo_bytes_ += change.after.size();
    undo_bytes_ -= undo_.back().after.size();
    undo_.back().after = std::move(change.after);
    undo_.back().at_ms = now_ms;
    return;
  }
  Note(std::move(change));
}

Node Form::AddItem(Node node, int64_t now_ms) {
  if (nodes_.size() >= kMostNodes) return 0;
  const Node added = MakeItem(*field(node).spec->group, node);
  fields_[nodes_[node].at].items.push_back(added);
  ++changes_;
  redo_.clear();
  Note({Change::Sort::kRemoved, added, "", "", true, false, now_ms, false});
  return added;
}

void Form::RemoveItem(Node node, int64_t now_ms) {
  Item& item = items_[nodes_[node].at];
  if (item.removed || item.field == 0) return;
  item.removed = true;
  ++changes_;
  redo_.clear();
  Note({Change::Sort::kRemoved, node, "", "", false, true, now_ms, false});
}

void Form::EndTogether() {
  if (--together_ == 0) together_begun_ = false;
}

void Form::Note(Change change) {
  if (together_ > 0) change.with_last = std::exchange(together_begun_, true);
  undo_bytes_ += change.before.size() + change.after.size() + sizeof change;
  undo_.push_back(std::move(change));
  size_t gone = 0;
  // The oldest steps are forgotten, whole groups of them.
  while (undo_bytes_ > kMostUndoBytes && gone + 1 < undo_.size()) {
    do {
      undo_bytes_ -= undo_[gone].before.size() + undo_[gone].after.size() + sizeof(Change);
      ++gone;
    } while (gone + 1 < undo_.size() && undo_[gone].with_last);
  }
  undo_.erase(undo_.begin(), undo_.begin() + static_cast<std::ptrdiff_t>(gone));
}

void Form::Apply(const Change& change, bool forward) {
  if (change.sort == Change::Sort::kText) {
    Field& field = fields_[nodes_[change.node].at];
    field.text = forward ? change.after : change.before;
    field.problems.clear();
  } else {
    items_[nodes_[change.node].at].removed = forward ? change.is : change.was;
  }
}

Node Form::Undo() {
  Node node = 0;
  for (bool more = true; more && !undo_.empty();) {
    Change change = std::move(undo_.back());
    undo_.pop_back();
    undo_bytes_ -= change.before.size() + change.after.size() + sizeof change;
    Apply(change, false);
    node = change.node;
    more = change.with_last;
    redo_.push_back(std::move(change));
  }
  if (node != 0) ++changes_;
  return node;
}

Node Form::Redo() {
  Node node = 0;
  while (!redo_.empty()) {
    Change change = std::move(redo_.back());
    redo_.pop_back();
    Apply(change, true);
    node = change.node;
    change.at_ms -= kTypingPauseMs;  // what is typed next is a step of its own
    undo_bytes_ += change.before.size() + change.after.size() + sizeof change;
    undo_.push_back(std::move(change));
    if (redo_.empty() || !redo_.back().with_last) break;
  }
  if (node != 0) ++changes_;
  return node;
}

bool Form::IsTouched(Node of) const {
  for (const Node node : item(of).fields) {
    const Field& field = this->field(node);
    if (field.text != field.base_text) return true;
    for (const Node inner : field.items) {
      const bool comes_or_goes = field.spec->list && (item(inner).origin != 0) == item(inner).removed;
      if (comes_or_goes || (!item(inner).removed && IsTouched(inner))) return true;
    }
  }
  return false;
}

void Form::Load(Node node, std::string base_text) {
  Field& field = fields_[nodes_[node].at];
  field.text = base_text;
  field.base_text = std::move(base_text);
}

Node Form::LoadItem(Node node, uint32_t origin, bool removed) {
  if (nodes_.size() >= kMostNodes) return 0;
  const Node added = MakeItem(*field(node).spec->group, node);
  items_[nodes_[added].at].origin = origin;
  items_[nodes_[added].at].removed = removed;
  fields_[nodes_[node].at].items.push_back(added);
  return added;
}

void Form::Collect(Node of, std::vector<Node>& fields) const {
  for (const Node node : item(of).fields) {
    fields.push_back(node);
    for (const Node inner : field(node).items) {
      if (!item(inner).removed) Collect(inner, fields);
    }
  }
}

std::vector<Node> Form::AllFields() const {
  std::vector<Node> fields;
  Collect(kRecord, fields);
  return fields;
}

}  // namespace daftar::forms
