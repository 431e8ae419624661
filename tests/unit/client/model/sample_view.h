// The sample dataset as a view, read once, and what tests ask of pages.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "client/model/list.h"
#include "client/model/page.h"
#include "storage/model/date.h"
#include "tests/unit/client/model/fake_view.h"

namespace daftar::model_test {

inline const FakeView& Sample() {
  static const FakeView& view = *FakeView::OfFolder(DAFTAR_SAMPLE_FOLDER).release();
  return view;
}

inline int32_t Day(std::string_view iso) { return ParseIsoDay(iso).value(); }

inline Page PageOf(std::string_view id, PageOptions options = {}) {
  StatusOr<Page> page = BuildPage(Sample(), id, options);
  if (page.ok()) return *std::move(page);
  ADD_FAILURE() << page.status();
  return {};
}

inline Page PageAsOf(std::string_view id, std::string_view day) {
  PageOptions options;
  options.as_of = Day(day);
  return PageOf(id, options);
}

inline List ListAsOf(std::string_view kind, std::string_view day) {
  ListOptions options;
  options.as_of = Day(day);
  StatusOr<List> list = BuildList(Sample(), kind, options);
  if (list.ok()) return *std::move(list);
  ADD_FAILURE() << list.status();
  return {};
}

inline const Fact& FactOf(const Page& page, std::string_view label) {
  static const Fact none;
  for (const Fact& fact : page.facts) {
    if (fact.label == label) return fact;
  }
  ADD_FAILURE() << "no fact " << label;
  return none;
}

inline const AttributeRow& RowOf(const Page& page, std::string_view attribute) {
  static const AttributeRow none;
  for (const AttributeRow& row : page.rows) {
    if (row.attribute == attribute) return row;
  }
  ADD_FAILURE() << "no row " << attribute;
  return none;
}

inline const ListRow* FindRow(const std::vector<ListRow>& rows, std::string_view display_id) {
  auto at = std::find_if(rows.begin(), rows.end(), [&](const ListRow& row) { return row.display_id == display_id; });
  return at == rows.end() ? nullptr : &*at;
}

inline const Section* FindSection(const Page& page, std::string_view key) {
  auto at = std::find_if(page.sections.begin(), page.sections.end(),
                         [&](const Section& section) { return section.key == key; });
  return at == page.sections.end() ? nullptr : &*at;
}

}  // namespace daftar::model_test
