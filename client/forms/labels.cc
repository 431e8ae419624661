#include "client/forms/labels.h"

#include <google/protobuf/descriptor.h>

#include "client/forms/right_words.h"
#include "client/language/codebook.h"
#include "client/language/say.h"

namespace daftar::forms {
namespace {

// The number of an item among those that are not taken out, from 1.
size_t NumberOf(const Form& form, Node item) {
  size_t number = 1;
  for (const Node other : form.field(form.item(item).field).items) {
    if (other == item) break;
    number += form.item(other).removed ? 0 : 1;
  }
  return number;
}

bool IsHead(const Field& field) { return field.spec->field == nullptr || field.spec->name.empty(); }

std::string NameOf(const FieldSpec& spec) { return SayCapital(SayCode("part", spec.field->name())); }

// The group or list that the field stands in; 0: the record.
Node OuterOf(const Form& form, Node field) { return form.item(form.field(field).item).field; }

}  // namespace

std::string LabelOf(const Form& form, Node node) {
  const Field& field = form.field(node);
  if (!IsHead(field)) return NameOf(*field.spec);
  const Node outer = OuterOf(form, node);
  return LabelOf(form, outer);
}

std::string FullLabelOf(const Form& form, Node node) {
  const Field& field = form.field(node);
  const Node outer = OuterOf(form, node);
  if (outer == 0) return NameOf(*field.spec);
  const bool in_list = form.field(outer).spec->list;
  std::string place = FullLabelOf(form, outer);
  if (in_list) place = Say("form.numbered", {{"label", place}, {"number", NumberOf(form, field.item)}});
  if (IsHead(field)) return place;
  return Say("form.inside", {{"outer", place}, {"inner", NameOf(*field.spec)}});
}

std::string ItemNumberOf(const Form& form, Node item) {
  return Say("form.numbered", {{"label", LabelOf(form, form.item(item).field)}, {"number", NumberOf(form, item)}});
}

std::string HelpOf(const FieldSpec& spec) { return spec.field == nullptr ? "" : ::daftar::HelpOf(*spec.field); }

std::string MeaningOf(const FieldSpec& spec, const std::string& constant) {
  if (spec.type != FieldType::kCode) return "";
  const auto* value = spec.field->enum_type()->FindValueByName(constant);
  return value == nullptr ? "" : ::daftar::MeaningOf(*value);
}

std::string ItemLabelOf(const Form& form, Node item) {
  const std::string label = ItemNumberOf(form, item);
  for (const char* name : {"source", "text", "actor", "system"}) {
    const Node naming = form.FieldOf(item, name);
    if (naming == 0 || form.field(naming).text.empty()) continue;
    const Field& field = form.field(naming);
    const std::string& said = field.understood.empty() ? field.text : field.understood;
    return Say("form.named", {{"label", label}, {"name", said}});
  }
  return label;
}

std::string HintOf(const FieldSpec& spec) {
  if (spec.type == FieldType::kReference) return Say("form.hint_record");
  if (spec.type == FieldType::kPoint) return Say("form.hint_point_or_place", {{"point", ExampleOf(spec)}});
  return spec.field == nullptr ? ExampleOf(spec) : "";
}

std::string FormAsText(const Form& form) {
  std::string text;
  for (const Node node : form.AllFields()) {
    const Field& field = form.field(node);
    const bool single = field.items.empty() && !field.spec->list;
    if (single && form.IsFilled(node)) {
      text += FullLabelOf(form, node) + ": " + field.text;
      if (!field.understood.empty()) text += " — " + field.understood;
      text += "\n";
    }
    for (const std::string& problem : field.problems) text += "✗ " + FullLabelOf(form, node) + ": " + problem + "\n";
    for (const std::string& warning : field.warnings) text += "⚠ " + FullLabelOf(form, node) + ": " + warning + "\n";
  }
  for (const std::string& problem : form.problems()) text += "✗ " + problem + "\n";
  return text;
}

}  // namespace daftar::forms
