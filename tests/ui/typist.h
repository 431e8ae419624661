// Fills in forms in the window as a person does: looks for a control by what it is called, turns the wheel until it is
// in sight, clicks it and types. Of the form only its labels are looked up; nothing of it is changed but by the window.
// One thread; what cannot be done fails the test.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/ui/seed_script.h"
#include "tests/ui/stage.h"

namespace daftar {

class Typist {
 public:
  explicit Typist(Stage& stage) : stage_(stage) {}

  // From the rail to the list of the kind, and from there to a new form. False: it did not come.
  bool Begin(const std::string& kind);
  // Types into a field of the form by its path; what is missing of its lists is added, and what is chosen is chosen
  // from what is offered. False: it could not be.
  bool Fill(const SeedField& field);
  // Types into the field of that label. False: it is not there, or does not hold the text then.
  bool Type(const std::string& label, const std::string& text);
  // Sends it, giving that reason. False: something is wrong with it, which is told.
  bool Send(const std::string& reason);

  int frames() const { return frames_; }

 private:
  void Frame();
  const forms::Form& form() { return stage_.screen().editor->open.form; }
  // The first control of that role that is called so, or whose value is that.
  std::optional<ui::Widget> Find(ui::Role role, std::string_view label) const;
  std::optional<ui::Widget> FindByValue(ui::Role role, std::string_view value) const;
  using Finder = std::optional<ui::Widget> (Typist::*)(ui::Role, std::string_view) const;
  // Turns the wheel at a place beside it until it is in sight, and clicks it. False: it is not there.
  bool Click(Finder find, ui::Role role, std::string_view what);
  std::optional<ui::Widget> Reveal(Finder find, ui::Role role, std::string_view what);
  void ClickAt(const ui::Widget& widget);
  // Adds the items that the path goes through.
  bool AddItems(std::string_view path);
  // Shows all fields of the line of a grid in which the field is, if it has no column there.
  bool OpenLine(forms::Node field);
  bool Choose(const std::string& label, const std::string& code);
  bool PickRecord(const std::string& label, const std::string& name);

  Stage& stage_;
  int frames_ = 0;
};

}  // namespace daftar
