Vectors.vo Vectors.glob Vectors.v.beautified Vectors.required_vo: Vectors.v 
Vectors.vio: Vectors.v 
Vectors.vos Vectors.vok Vectors.required_vos: Vectors.v 
Fredholm.vo Fredholm.glob Fredholm.v.beautified Fredholm.required_vo: Fredholm.v Vectors.vo
Fredholm.vio: Fredholm.v Vectors.vio
Fredholm.vos Fredholm.vok Fredholm.required_vos: Fredholm.v Vectors.vos
Flows.vo Flows.glob Flows.v.beautified Flows.required_vo: Flows.v Vectors.vo
Flows.vio: Flows.v Vectors.vio
Flows.vos Flows.vok Flows.required_vos: Flows.v Vectors.vos
Convexity.vo Convexity.glob Convexity.v.beautified Convexity.required_vo: Convexity.v Vectors.vo Flows.vo
Convexity.vio: Convexity.v Vectors.vio Flows.vio
Convexity.vos Convexity.vok Convexity.required_vos: Convexity.v Vectors.vos Flows.vos
Compactness.vo Compactness.glob Compactness.v.beautified Compactness.required_vo: Compactness.v Vectors.vo
Compactness.vio: Compactness.v Vectors.vio
Compactness.vos Compactness.vok Compactness.required_vos: Compactness.v Vectors.vos
LinearSolutions.vo LinearSolutions.glob LinearSolutions.v.beautified LinearSolutions.required_vo: LinearSolutions.v Vectors.vo Flows.vo
LinearSolutions.vio: LinearSolutions.v Vectors.vio Flows.vio
LinearSolutions.vos LinearSolutions.vok LinearSolutions.required_vos: LinearSolutions.v Vectors.vos Flows.vos
Energy.vo Energy.glob Energy.v.beautified Energy.required_vo: Energy.v Vectors.vo Flows.vo
Energy.vio: Energy.v Vectors.vio Flows.vio
Energy.vos Energy.vok Energy.required_vos: Energy.v Vectors.vos Flows.vos
Casimirs.vo Casimirs.glob Casimirs.v.beautified Casimirs.required_vo: Casimirs.v Vectors.vo Fredholm.vo Flows.vo
Casimirs.vio: Casimirs.v Vectors.vio Fredholm.vio Flows.vio
Casimirs.vos Casimirs.vok Casimirs.required_vos: Casimirs.v Vectors.vos Fredholm.vos Flows.vos
ConservedImpliesSkew.vo ConservedImpliesSkew.glob ConservedImpliesSkew.v.beautified ConservedImpliesSkew.required_vo: ConservedImpliesSkew.v Vectors.vo Flows.vo LinearSolutions.vo Energy.vo
ConservedImpliesSkew.vio: ConservedImpliesSkew.v Vectors.vio Flows.vio LinearSolutions.vio Energy.vio
ConservedImpliesSkew.vos ConservedImpliesSkew.vok ConservedImpliesSkew.required_vos: ConservedImpliesSkew.v Vectors.vos Flows.vos LinearSolutions.vos Energy.vos
Boundedness.vo Boundedness.glob Boundedness.v.beautified Boundedness.required_vo: Boundedness.v Vectors.vo Flows.vo Convexity.vo Energy.vo
Boundedness.vio: Boundedness.v Vectors.vio Flows.vio Convexity.vio Energy.vio
Boundedness.vos Boundedness.vok Boundedness.required_vos: Boundedness.v Vectors.vos Flows.vos Convexity.vos Energy.vos
Oscillation.vo Oscillation.glob Oscillation.v.beautified Oscillation.required_vo: Oscillation.v Vectors.vo Flows.vo Energy.vo Boundedness.vo Compactness.vo
Oscillation.vio: Oscillation.v Vectors.vio Flows.vio Energy.vio Boundedness.vio Compactness.vio
Oscillation.vos Oscillation.vok Oscillation.required_vos: Oscillation.v Vectors.vos Flows.vos Energy.vos Boundedness.vos Compactness.vos
Dichotomy.vo Dichotomy.glob Dichotomy.v.beautified Dichotomy.required_vo: Dichotomy.v Vectors.vo Flows.vo Convexity.vo Energy.vo Casimirs.vo Boundedness.vo Compactness.vo Oscillation.vo ConservedImpliesSkew.vo
Dichotomy.vio: Dichotomy.v Vectors.vio Flows.vio Convexity.vio Energy.vio Casimirs.vio Boundedness.vio Compactness.vio Oscillation.vio ConservedImpliesSkew.vio
Dichotomy.vos Dichotomy.vok Dichotomy.required_vos: Dichotomy.v Vectors.vos Flows.vos Convexity.vos Energy.vos Casimirs.vos Boundedness.vos Compactness.vos Oscillation.vos ConservedImpliesSkew.vos
OneSigned.vo OneSigned.glob OneSigned.v.beautified OneSigned.required_vo: OneSigned.v Vectors.vo Flows.vo Boundedness.vo Dichotomy.vo
OneSigned.vio: OneSigned.v Vectors.vio Flows.vio Boundedness.vio Dichotomy.vio
OneSigned.vos OneSigned.vok OneSigned.required_vos: OneSigned.v Vectors.vos Flows.vos Boundedness.vos Dichotomy.vos
Leak.vo Leak.glob Leak.v.beautified Leak.required_vo: Leak.v Vectors.vo Flows.vo Convexity.vo Energy.vo Boundedness.vo
Leak.vio: Leak.v Vectors.vio Flows.vio Convexity.vio Energy.vio Boundedness.vio
Leak.vos Leak.vok Leak.required_vos: Leak.v Vectors.vos Flows.vos Convexity.vos Energy.vos Boundedness.vos
LeakLimit.vo LeakLimit.glob LeakLimit.v.beautified LeakLimit.required_vo: LeakLimit.v Vectors.vo Flows.vo Convexity.vo Energy.vo Boundedness.vo Oscillation.vo Leak.vo
LeakLimit.vio: LeakLimit.v Vectors.vio Flows.vio Convexity.vio Energy.vio Boundedness.vio Oscillation.vio Leak.vio
LeakLimit.vos LeakLimit.vok LeakLimit.required_vos: LeakLimit.v Vectors.vos Flows.vos Convexity.vos Energy.vos Boundedness.vos Oscillation.vos Leak.vos
Drift.vo Drift.glob Drift.v.beautified Drift.required_vo: Drift.v Vectors.vo Flows.vo Convexity.vo Boundedness.vo Compactness.vo Oscillation.vo Dichotomy.vo
Drift.vio: Drift.v Vectors.vio Flows.vio Convexity.vio Boundedness.vio Compactness.vio Oscillation.vio Dichotomy.vio
Drift.vos Drift.vok Drift.required_vos: Drift.v Vectors.vos Flows.vos Convexity.vos Boundedness.vos Compactness.vos Oscillation.vos Dichotomy.vos
Jacobian.vo Jacobian.glob Jacobian.v.beautified Jacobian.required_vo: Jacobian.v Vectors.vo Flows.vo Casimirs.vo
Jacobian.vio: Jacobian.v Vectors.vio Flows.vio Casimirs.vio
Jacobian.vos Jacobian.vok Jacobian.required_vos: Jacobian.v Vectors.vos Flows.vos Casimirs.vos
JacobianSymmetry.vo JacobianSymmetry.glob JacobianSymmetry.v.beautified JacobianSymmetry.required_vo: JacobianSymmetry.v 
JacobianSymmetry.vio: JacobianSymmetry.v 
JacobianSymmetry.vos JacobianSymmetry.vok JacobianSymmetry.required_vos: JacobianSymmetry.v 
Euler.vo Euler.glob Euler.v.beautified Euler.required_vo: Euler.v Vectors.vo Flows.vo Convexity.vo
Euler.vio: Euler.v Vectors.vio Flows.vio Convexity.vio
Euler.vos Euler.vok Euler.required_vos: Euler.v Vectors.vos Flows.vos Convexity.vos
Peano.vo Peano.glob Peano.v.beautified Peano.required_vo: Peano.v Vectors.vo Flows.vo Compactness.vo Euler.vo
Peano.vio: Peano.v Vectors.vio Flows.vio Compactness.vio Euler.vio
Peano.vos Peano.vok Peano.required_vos: Peano.v Vectors.vos Flows.vos Compactness.vos Euler.vos
Existence.vo Existence.glob Existence.v.beautified Existence.required_vo: Existence.v Vectors.vo Flows.vo Compactness.vo Peano.vo
Existence.vio: Existence.v Vectors.vio Flows.vio Compactness.vio Peano.vio
Existence.vos Existence.vok Existence.required_vos: Existence.v Vectors.vos Flows.vos Compactness.vos Peano.vos
EulerDiverges.vo EulerDiverges.glob EulerDiverges.v.beautified EulerDiverges.required_vo: EulerDiverges.v Vectors.vo Flows.vo Convexity.vo Compactness.vo Dichotomy.vo Euler.vo
EulerDiverges.vio: EulerDiverges.v Vectors.vio Flows.vio Convexity.vio Compactness.vio Dichotomy.vio Euler.vio
EulerDiverges.vos EulerDiverges.vok EulerDiverges.required_vos: EulerDiverges.v Vectors.vos Flows.vos Convexity.vos Compactness.vos Dichotomy.vos Euler.vos
LeakyEuler.vo LeakyEuler.glob LeakyEuler.v.beautified LeakyEuler.required_vo: LeakyEuler.v Vectors.vo Flows.vo Convexity.vo Euler.vo Compactness.vo
LeakyEuler.vio: LeakyEuler.v Vectors.vio Flows.vio Convexity.vio Euler.vio Compactness.vio
LeakyEuler.vos LeakyEuler.vok LeakyEuler.required_vos: LeakyEuler.v Vectors.vos Flows.vos Convexity.vos Euler.vos Compactness.vos
Splitting.vo Splitting.glob Splitting.v.beautified Splitting.required_vo: Splitting.v Vectors.vo Flows.vo
Splitting.vio: Splitting.v Vectors.vio Flows.vio
Splitting.vos Splitting.vok Splitting.required_vos: Splitting.v Vectors.vos Flows.vos
Instances.vo Instances.glob Instances.v.beautified Instances.required_vo: Instances.v Vectors.vo Flows.vo Convexity.vo Energy.vo ConservedImpliesSkew.vo Boundedness.vo Oscillation.vo Euler.vo EulerDiverges.vo
Instances.vio: Instances.v Vectors.vio Flows.vio Convexity.vio Energy.vio ConservedImpliesSkew.vio Boundedness.vio Oscillation.vio Euler.vio EulerDiverges.vio
Instances.vos Instances.vok Instances.required_vos: Instances.v Vectors.vos Flows.vos Convexity.vos Energy.vos ConservedImpliesSkew.vos Boundedness.vos Oscillation.vos Euler.vos EulerDiverges.vos
Refutations.vo Refutations.glob Refutations.v.beautified Refutations.required_vo: Refutations.v Vectors.vo Flows.vo ConservedImpliesSkew.vo Boundedness.vo Oscillation.vo Jacobian.vo Instances.vo Leak.vo LeakLimit.vo
Refutations.vio: Refutations.v Vectors.vio Flows.vio ConservedImpliesSkew.vio Boundedness.vio Oscillation.vio Jacobian.vio Instances.vio Leak.vio LeakLimit.vio
Refutations.vos Refutations.vok Refutations.required_vos: Refutations.v Vectors.vos Flows.vos ConservedImpliesSkew.vos Boundedness.vos Oscillation.vos Jacobian.vos Instances.vos Leak.vos LeakLimit.vos
Witness.vo Witness.glob Witness.v.beautified Witness.required_vo: Witness.v Vectors.vo Flows.vo Convexity.vo Energy.vo ConservedImpliesSkew.vo Boundedness.vo Oscillation.vo Instances.vo Leak.vo
Witness.vio: Witness.v Vectors.vio Flows.vio Convexity.vio Energy.vio ConservedImpliesSkew.vio Boundedness.vio Oscillation.vio Instances.vio Leak.vio
Witness.vos Witness.vok Witness.required_vos: Witness.v Vectors.vos Flows.vos Convexity.vos Energy.vos ConservedImpliesSkew.vos Boundedness.vos Oscillation.vos Instances.vos Leak.vos
Theory.vo Theory.glob Theory.v.beautified Theory.required_vo: Theory.v Vectors.vo Flows.vo Convexity.vo Energy.vo Boundedness.vo Existence.vo
Theory.vio: Theory.v Vectors.vio Flows.vio Convexity.vio Energy.vio Boundedness.vio Existence.vio
Theory.vos Theory.vok Theory.required_vos: Theory.v Vectors.vos Flows.vos Convexity.vos Energy.vos Boundedness.vos Existence.vos
InvariantClaims.vo InvariantClaims.glob InvariantClaims.v.beautified InvariantClaims.required_vo: InvariantClaims.v Vectors.vo Fredholm.vo Flows.vo Convexity.vo Energy.vo Casimirs.vo ConservedImpliesSkew.vo Boundedness.vo Dichotomy.vo Peano.vo Existence.vo Theory.vo Instances.vo
InvariantClaims.vio: InvariantClaims.v Vectors.vio Fredholm.vio Flows.vio Convexity.vio Energy.vio Casimirs.vio ConservedImpliesSkew.vio Boundedness.vio Dichotomy.vio Peano.vio Existence.vio Theory.vio Instances.vio
InvariantClaims.vos InvariantClaims.vok InvariantClaims.required_vos: InvariantClaims.v Vectors.vos Fredholm.vos Flows.vos Convexity.vos Energy.vos Casimirs.vos ConservedImpliesSkew.vos Boundedness.vos Dichotomy.vos Peano.vos Existence.vos Theory.vos Instances.vos
OrbitClaims.vo OrbitClaims.glob OrbitClaims.v.beautified OrbitClaims.required_vo: OrbitClaims.v Vectors.vo Fredholm.vo Flows.vo Convexity.vo Energy.vo Casimirs.vo ConservedImpliesSkew.vo Boundedness.vo Oscillation.vo Dichotomy.vo OneSigned.vo Leak.vo LeakLimit.vo Drift.vo Euler.vo LeakyEuler.vo Peano.vo Existence.vo Theory.vo Instances.vo
OrbitClaims.vio: OrbitClaims.v Vectors.vio Fredholm.vio Flows.vio Convexity.vio Energy.vio Casimirs.vio ConservedImpliesSkew.vio Boundedness.vio Oscillation.vio Dichotomy.vio OneSigned.vio Leak.vio LeakLimit.vio Drift.vio Euler.vio LeakyEuler.vio Peano.vio Existence.vio Theory.vio Instances.vio
OrbitClaims.vos OrbitClaims.vok OrbitClaims.required_vos: OrbitClaims.v Vectors.vos Fredholm.vos Flows.vos Convexity.vos Energy.vos Casimirs.vos ConservedImpliesSkew.vos Boundedness.vos Oscillation.vos Dichotomy.vos OneSigned.vos Leak.vos LeakLimit.vos Drift.vos Euler.vos LeakyEuler.vos Peano.vos Existence.vos Theory.vos Instances.vos
RestClaims.vo RestClaims.glob RestClaims.v.beautified RestClaims.required_vo: RestClaims.v Vectors.vo Fredholm.vo Flows.vo Convexity.vo Energy.vo Casimirs.vo ConservedImpliesSkew.vo Boundedness.vo Oscillation.vo Dichotomy.vo Leak.vo LeakLimit.vo LinearSolutions.vo Peano.vo Existence.vo Theory.vo Instances.vo Refutations.vo OrbitClaims.vo
RestClaims.vio: RestClaims.v Vectors.vio Fredholm.vio Flows.vio Convexity.vio Energy.vio Casimirs.vio ConservedImpliesSkew.vio Boundedness.vio Oscillation.vio Dichotomy.vio Leak.vio LeakLimit.vio LinearSolutions.vio Peano.vio Existence.vio Theory.vio Instances.vio Refutations.vio OrbitClaims.vio
RestClaims.vos RestClaims.vok RestClaims.required_vos: RestClaims.v Vectors.vos Fredholm.vos Flows.vos Convexity.vos Energy.vos Casimirs.vos ConservedImpliesSkew.vos Boundedness.vos Oscillation.vos Dichotomy.vos Leak.vos LeakLimit.vos LinearSolutions.vos Peano.vos Existence.vos Theory.vos Instances.vos Refutations.vos OrbitClaims.vos
EscapeClaims.vo EscapeClaims.glob EscapeClaims.v.beautified EscapeClaims.required_vo: EscapeClaims.v Vectors.vo Fredholm.vo Flows.vo Convexity.vo Energy.vo Casimirs.vo ConservedImpliesSkew.vo Boundedness.vo Oscillation.vo Dichotomy.vo OneSigned.vo Leak.vo LeakLimit.vo Drift.vo Euler.vo LeakyEuler.vo Peano.vo Existence.vo Theory.vo Instances.vo OrbitClaims.vo RestClaims.vo
EscapeClaims.vio: EscapeClaims.v Vectors.vio Fredholm.vio Flows.vio Convexity.vio Energy.vio Casimirs.vio ConservedImpliesSkew.vio Boundedness.vio Oscillation.vio Dichotomy.vio OneSigned.vio Leak.vio LeakLimit.vio Drift.vio Euler.vio LeakyEuler.vio Peano.vio Existence.vio Theory.vio Instances.vio OrbitClaims.vio RestClaims.vio
EscapeClaims.vos EscapeClaims.vok EscapeClaims.required_vos: EscapeClaims.v Vectors.vos Fredholm.vos Flows.vos Convexity.vos Energy.vos Casimirs.vos ConservedImpliesSkew.vos Boundedness.vos Oscillation.vos Dichotomy.vos OneSigned.vos Leak.vos LeakLimit.vos Drift.vos Euler.vos LeakyEuler.vos Peano.vos Existence.vos Theory.vos Instances.vos OrbitClaims.vos RestClaims.vos
SpectrumClaims.vo SpectrumClaims.glob SpectrumClaims.v.beautified SpectrumClaims.required_vo: SpectrumClaims.v Vectors.vo Flows.vo Convexity.vo Casimirs.vo ConservedImpliesSkew.vo Jacobian.vo Theory.vo Instances.vo Refutations.vo
SpectrumClaims.vio: SpectrumClaims.v Vectors.vio Flows.vio Convexity.vio Casimirs.vio ConservedImpliesSkew.vio Jacobian.vio Theory.vio Instances.vio Refutations.vio
SpectrumClaims.vos SpectrumClaims.vok SpectrumClaims.required_vos: SpectrumClaims.v Vectors.vos Flows.vos Convexity.vos Casimirs.vos ConservedImpliesSkew.vos Jacobian.vos Theory.vos Instances.vos Refutations.vos
EulerClaims.vo EulerClaims.glob EulerClaims.v.beautified EulerClaims.required_vo: EulerClaims.v Vectors.vo Flows.vo Convexity.vo Dichotomy.vo Jacobian.vo Euler.vo EulerDiverges.vo LeakyEuler.vo Splitting.vo Theory.vo Instances.vo
EulerClaims.vio: EulerClaims.v Vectors.vio Flows.vio Convexity.vio Dichotomy.vio Jacobian.vio Euler.vio EulerDiverges.vio LeakyEuler.vio Splitting.vio Theory.vio Instances.vio
EulerClaims.vos EulerClaims.vok EulerClaims.required_vos: EulerClaims.v Vectors.vos Flows.vos Convexity.vos Dichotomy.vos Jacobian.vos Euler.vos EulerDiverges.vos LeakyEuler.vos Splitting.vos Theory.vos Instances.vos
