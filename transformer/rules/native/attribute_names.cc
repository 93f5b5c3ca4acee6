// eol/attribute: misspelt attributes, which git passes over without a word.
//
//   *.sh test eol=lf
//        ----
//   *.sh text eol=lf

#include "transformer/facts/git_attributes.h"
#include "transformer/rules/native/table.h"

namespace windlass {

void AttributeNames(const Rule&, const FileContext& context, SharedFacts&,
                    std::vector<Finding>* out) {
  for (const AttributeTypo& typo : FindAttributeTypos(context.source.bytes())) {
    Finding finding;
    finding.level = Level::kReview;
    finding.span = typo.span;
    finding.message =
        Cat("git knows no attribute ", context.source.Text(typo.span), " and passes over it");
    finding.reason = Cat("nearest is ", typo.meant,
                         "; check that this was meant, and that no tool of yours "
                         "reads the other");
    finding.fix.emplace().edits[context.source.path()].Add(typo.span, typo.meant).IgnoreError();
    out->push_back(std::move(finding));
  }
}

}  // namespace windlass
