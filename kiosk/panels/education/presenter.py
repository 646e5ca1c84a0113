"""Education: pupils, child care, libraries and lifelong learning."""

from kiosk.panels.fields import Column, Field, FieldPresenter
from kiosk.wire.text import Text


class EducationPresenter(FieldPresenter):
    field = Field(
        panel="education",
        title=Text("교육", "Education"),
        order=Text("학생 많은 순", "the most pupils first"),
        figures=("students", "public-childcare", "library-loans", "lifelong-learners"),
        columns=(
            Column("students", Text("학생", "Pupils")),
            Column("public-childcare", Text("국공립", "Child care")),
            Column("library-loans", Text("대출", "Loans")),
            Column("lifelong-learners", Text("학습", "Learners")),
        ),
    )
