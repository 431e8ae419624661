// The guide: what Daftar is and how it is read, for whoever opens it for the first time, offline and in his language.
// Plain values; any thread.
#pragma once

#include <string>
#include <vector>

#include "client/model/row.h"

namespace daftar {

class ReadView;

struct GuidePage {
  struct Paragraph {
    std::string text;
    std::vector<PageLink> links;  // in the order in which they stand in the text
  };
  struct Chapter {
    std::string title;
    std::vector<Paragraph> paragraphs;
  };
  std::string title;
  std::vector<Chapter> chapters;
};

// `view` tells whether the sample is here: a tour through it is given where it is.
GuidePage BuildGuide(const ReadView& view);
// With the addresses behind the words that lead to them.
std::string GuideAsText(const GuidePage& page, size_t width);

}  // namespace daftar
